import { configure } from "@testing-library/react";

/** How long what is to be seen may take, in milliseconds: long enough for a busy machine. */
configure({ asyncUtilTimeout: 20_000 });
