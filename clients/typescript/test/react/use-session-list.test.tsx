// @vitest-environment happy-dom
import { act, StrictMode, type ReactNode } from "react";
import { createRoot, type Root } from "react-dom/client";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { RealtimeClient } from "../../src/client/realtime-client.js";
import { useSessionList, useSyncStatus } from "../../src/react/index.js";
import { accepted, newClient } from "../support/fake-client.js";
import { answerPage, answerWatch, demo, renamed, sessionOf } from "../support/fake-feed.js";
import { hubs, settle, type FakeHub } from "../support/fake-hub.js";

vi.mock("../../src/connection/hub.js", async () => (await import("../support/fake-hub.js")).mockHubs);

(globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }).IS_REACT_ACT_ENVIRONMENT = true;

let client: RealtimeClient;
let hub: FakeHub;
let root: Root;
let page: HTMLElement;

beforeEach(() => {
  client = newClient();
  page = document.createElement("div");
  root = createRoot(page);
});

afterEach(async () => {
  await act(async () => root.unmount());
  await client.close({ timeout: 0 });
});

function App({ room = "blue" }: { room?: string }) {
  const { list, view, status, error } = useSessionList(client, { ...demo, properties: { room }, limit: 1 });
  return (
    <>
      <i>{status}</i>
      <b>{error?.code}</b>
      <ul>{view?.sessions.map(({ sessionId, name }) => <li key={sessionId}>{name}</li>)}</ul>
      <u>{useSyncStatus(list)}</u>
      {view?.hasMore && <button onClick={() => list.loadMore()}>more</button>}
    </>
  );
}

const show = (element: ReactNode) => act(async () => root.render(element));
const read = (name: string) => page.querySelector(name)!.textContent;
const turn = () => act(() => new Promise(resolve => setTimeout(resolve)));
const inRoom = (sessionId: string, second: number, room = "blue") => sessionOf(sessionId, second, { properties: { room } });

async function listed(cursor?: string): Promise<void> {
  await act(async () => {
    hub = await accepted();
    await answerWatch(hub, 4);
    await answerPage(hub, [inRoom("s1", 1)], cursor);
  });
}

test("useSessionList_ListsAndFollows", async () => {
  await show(<App />);
  expect([read("i"), read("ul"), read("u")]).toEqual(["joining", "", "disconnected"]);
  await listed();
  expect([read("i"), read("ul"), read("u"), page.querySelector("button")]).toEqual(["joined", "s1", "synchronized", null]);
  await act(() => hub.call("SessionUpdated", renamed(5, "s1", "One")));
  expect(read("ul")).toBe("One");
});

test("useSessionList_LoadsMore", async () => {
  await show(<App />);
  await listed("c1");
  await act(async () => {
    page.querySelector("button")!.click();
    await settle();
    await answerPage(hub, [inRoom("s0", 0)]);
  });
  expect([read("ul"), page.querySelector("button")]).toEqual(["s1s0", null]);
});

test("useSessionList_InStrictMode_LeavesNothingBehind", async () => {
  await show(<StrictMode><App /></StrictMode>);
  await act(async () => {
    hub = await accepted();
    await answerWatch(hub, 4);
    for (const call of hub.calls.filter(({ method }) => method === "ListSessions")) call.answer({ sessions: [inRoom("s1", 1)] });
    await settle();
  });
  await turn();
  expect([hubs.length, read("i"), read("ul")]).toEqual([1, "joined", "s1"]);
  hub.calls.length = 0;
  await show(null);
  await turn();
  expect(hub.calls.map(call => call.method)).toEqual(["UnwatchApplication"]);
});

test("useSessionList_WithOtherProperties_ChangesOver_WithTheSameOnes_DoesNot", async () => {
  await show(<App />);
  await listed();
  await show(<App />);
  await turn();
  expect(hub.calls).toEqual([]);
  await show(<App room="red" />);
  expect([read("i"), read("ul")]).toEqual(["joining", ""]);
  await turn();
  await act(async () => {
    await answerWatch(hub, 4);
    expect((await answerPage(hub, [inRoom("s2", 2, "red")])).request).toMatchObject({ properties: { room: "red" } });
  });
  expect([read("i"), read("ul")]).toEqual(["joined", "s2"]);
});

test("useSessionList_ThatIsRefused_ShowsTheError", async () => {
  await show(<App />);
  await act(async () => {
    hub = await accepted();
    await settle();
    hub.take("WatchApplication").fail("application_not_found");
    await settle();
  });
  expect([read("i"), read("b")]).toEqual(["failed", "application_not_found"]);
});

test("useSessionList_ThatIsLeft_ShowsWhy", async () => {
  await show(<App />);
  await listed();
  await act(() => hub.call("FeedLeft", { ...demo, reason: "deleted" }));
  expect([read("i"), read("b"), read("ul")]).toEqual(["left", "left", "s1"]);
});
