// @vitest-environment happy-dom
import { act, cleanup, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, test } from "vitest";
import { ApiError } from "../../src/api/api";
import { HubProvider } from "../../src/app/hub";
import SpacePage from "../../src/conversations/space-page";
import { hubOf, TestConnection, unreachable } from "../support/hub";

/** A client that watches spaces: what their feeds tell is told by the test. */
class WatchingClient extends TestConnection {
  #left: (() => void) | undefined;

  watchSpace() {
    return Promise.resolve({
      on: (name: string, handler: () => void) => {
        if (name === "left") this.#left = handler;
        return () => undefined;
      },
      leave: () => Promise.resolve(),
    });
  }

  leave() {
    return act(async () => this.#left!());
  }
}

let answers: Record<string, unknown>;
let client: WatchingClient;

beforeEach(async () => {
  const alice = { id: 4, name: "alice" };
  answers = {
    userinfo: { users: [alice] }, users: { users: [alice] }, "users/4": { users: [alice] }, groups: { groups: [] }, conversations: { conversations: [] },
    "spaces/1": { spaces: [{ id: 1, name: "Building", details: "", updated_at: 0, participants: [{ user_id: 4, role: 2 }] }] },
  };
  client = new WatchingClient();
  await act(async () => render(<HubProvider value={hubOf(answers, client)}><SpacePage spaceId={1} /></HubProvider>));
});

afterEach(cleanup);

const isShown = () => screen.queryByRole("heading", { name: "Building" }) !== null;
const notice = () => screen.queryByRole("alert")?.textContent;

test("SpacePage_SpaceGone_ShowsThatAlone", async () => {
  expect(isShown()).toBe(true);
  answers["spaces/1"] = new ApiError(404, "space_not_found", "No such space.");
  await client.leave();
  expect(notice()).toBe("There is no such space, or you are not a member of it.");
  expect(isShown()).toBe(false);
});

test("SpacePage_CannotBeReadAnew_ShowsWhyAboveWhatWasRead", async () => {
  answers["spaces/1"] = unreachable;
  await client.leave();
  expect(notice()).toContain("The server cannot be reached.");
  expect(isShown()).toBe(true);
});
