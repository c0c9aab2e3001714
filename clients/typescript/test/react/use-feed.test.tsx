// @vitest-environment happy-dom
import { act, StrictMode, type ReactNode } from "react";
import { createRoot, type Root } from "react-dom/client";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { RealtimeClient } from "../../src/client/realtime-client.js";
import { useApplicationFeed, useSpaceFeed, useSyncStatus } from "../../src/react/index.js";
import { accepted, newClient } from "../support/fake-client.js";
import { created } from "../support/fake-conversation.js";
import { answerWatch, demo, renamed } from "../support/fake-feed.js";
import { settle, type FakeHub } from "../support/fake-hub.js";

vi.mock("../../src/connection/hub.js", async () => (await import("../support/fake-hub.js")).mockHubs);

(globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }).IS_REACT_ACT_ENVIRONMENT = true;

let client: RealtimeClient;
let hub: FakeHub;
let root: Root;
let page: HTMLElement;
let heard: string[];

beforeEach(() => {
  client = newClient();
  page = document.createElement("div");
  root = createRoot(page);
  heard = [];
});

afterEach(async () => {
  await act(async () => root.unmount());
  await client.close({ timeout: 0 });
});

function Application({ as }: { as: string }) {
  const { feed, status } = useApplicationFeed(client, demo, {
    onEvent: event => heard.push(`${as} ${event.eventType}`),
    onReset: () => heard.push(`${as} lists`),
  });
  return <><i>{status}</i><u>{useSyncStatus(feed)}</u></>;
}

function Space() {
  const { status, error } = useSpaceFeed(client, { spaceId: 9 }, { onEvent: event => heard.push(event.eventType), onReset: () => heard.push("lists") });
  return <><i>{status}</i><b>{error?.details.reason as string}</b></>;
}

const show = (element: ReactNode) => act(async () => root.render(element));
const read = (name: string) => page.querySelector(name)!.textContent;
const turn = () => act(() => new Promise(resolve => setTimeout(resolve)));

test("useApplicationFeed_TellsTheHandlersOfTheLatestRendering", async () => {
  await show(<Application as="first" />);
  expect([read("i"), read("u"), heard]).toEqual(["joining", "disconnected", []]);
  await act(async () => {
    hub = await accepted();
    await answerWatch(hub, 4);
  });
  expect([read("i"), read("u")]).toEqual(["joined", "synchronized"]);
  await show(<Application as="second" />);
  await act(() => hub.call("SessionUpdated", renamed(5, "s1", "One")));
  await act(() => hub.call("FeedReset", { ...demo, position: { epoch: "F1", sequence: 9 } }));
  expect(heard).toEqual(["first lists", "second session_updated", "second lists"]);
  await show(null);
  await turn();
  await act(() => hub.call("SessionUpdated", renamed(10, "s1", "Two")));
  expect(heard.length).toBe(3);
  expect(hub.calls.map(call => call.method)).toEqual(["UnwatchApplication"]);
});

test("useSpaceFeed_InStrictMode_WatchesOnce_AndShowsWhyItIsLeft", async () => {
  await show(<StrictMode><Space /></StrictMode>);
  await act(async () => {
    hub = await accepted();
    await settle();
    hub.take("WatchSpace").answer({ position: { epoch: "S9", sequence: 4 }, recovered: false });
    await hub.call("SpaceFeedReset", { spaceId: 9, position: { epoch: "S9", sequence: 4 } });
  });
  await turn();
  await act(() => hub.call("CommentCreated", created(3, "c", { spaceId: 9, feed: { epoch: "S9", sequence: 5 } })));
  expect([read("i"), heard, hub.calls]).toEqual(["joined", ["lists", "comment_created"], []]);
  await act(() => hub.call("SpaceFeedLeft", { spaceId: 9, reason: "deleted" }));
  expect([read("i"), read("b")]).toEqual(["left", "deleted"]);
});
