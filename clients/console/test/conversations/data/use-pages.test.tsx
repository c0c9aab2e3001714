// @vitest-environment happy-dom
import { act, cleanup, renderHook } from "@testing-library/react";
import type { ReactNode } from "react";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ApiError } from "../../../src/api/api";
import { HubProvider } from "../../../src/app/hub";
import type { Page } from "../../../src/conversations/data/conversations-api";
import { usePages } from "../../../src/conversations/data/use-pages";
import { hubOf, TestConnection, unreachable } from "../../support/hub";

let connection: TestConnection;
/** Why nothing can be read. */
let failure: Error | undefined;
let asked: (string | undefined)[];

beforeEach(() => {
  connection = new TestConnection();
  failure = undefined;
  asked = [];
});

afterEach(cleanup);

/** Two pages, the second one behind `?2`. */
async function show() {
  const read = (next: string | undefined): Promise<Page<string>> => {
    asked.push(next);
    return failure ? Promise.reject(failure) : Promise.resolve(next === undefined ? { items: ["a"], next: "?2" } : { items: ["b"], next: undefined });
  };
  const hub = hubOf({}, connection);
  const wrapper = ({ children }: { readonly children: ReactNode }) => <HubProvider value={hub}>{children}</HubProvider>;
  return (await act(async () => renderHook(() => usePages(read, []), { wrapper }))).result;
}

const connect = () => act(async () => connection.become("connected"));

describe("usePages", () => {
  it("reads page after page", async () => {
    const pages = await show();
    expect(pages.current).toMatchObject({ items: ["a"], hasMore: true });
    await act(async () => pages.current.readOn());
    expect(pages.current).toMatchObject({ items: ["a", "b"], hasMore: false });
    expect(asked).toEqual([undefined, "?2"]);
  });

  it("reads a page again that could not be read", async () => {
    const pages = await show();
    failure = new ApiError(500, "internal", "Broken.");
    await act(async () => pages.current.readOn());
    expect(pages.current).toMatchObject({ items: ["a"], hasMore: true, problem: "Broken." });

    failure = undefined;
    await act(async () => pages.current.readOn());
    expect(pages.current).toMatchObject({ items: ["a", "b"], problem: undefined });
  });

  it("reads the first page when there is a connection", async () => {
    failure = unreachable;
    const pages = await show();
    expect(pages.current).toMatchObject({ isRead: false, problem: "The server cannot be reached." });

    failure = undefined;
    await connect();
    expect(pages.current).toMatchObject({ items: ["a"], isRead: true, problem: undefined });
  });
});
