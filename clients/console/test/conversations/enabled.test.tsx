// @vitest-environment happy-dom
import { cleanup, render, screen } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import { ApiError } from "../../src/api/api";
import { HubProvider } from "../../src/app/hub";
import { WhereEnabled } from "../../src/conversations/enabled";
import { hubOf } from "../support/hub";

afterEach(cleanup);

const show = (answers: object) => render(<HubProvider value={hubOf({ ...answers })}><WhereEnabled>{self => <p>{self.name} is here</p>}</WhereEnabled></HubProvider>);

test("WhereEnabled_Conversations_AreShown", async () => {
  show({ userinfo: { users: [{ id: 4, name: "alice" }] } });
  expect(await screen.findByText("alice is here")).toBeTruthy();
});

test("WhereEnabled_NothingAtTheAddress_SaysSo", async () => {
  show({});
  expect(await screen.findByText(/This server has no conversations/)).toBeTruthy();
});

test("WhereEnabled_AnotherFailure_IsTold", async () => {
  show({ userinfo: new ApiError(503, "unavailable", "The storage does not answer.") });
  expect((await screen.findByRole("alert")).textContent).toContain("The storage does not answer.");
});
