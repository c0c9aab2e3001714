// @vitest-environment happy-dom
import { act, StrictMode, type ReactNode } from "react";
import { createRoot, type Root } from "react-dom/client";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { RealtimeClient } from "../../src/client/realtime-client.js";
import type { LiveConversation } from "../../src/conversation/live-conversation.js";
import { useConversation, useSyncStatus } from "../../src/react/index.js";
import { accepted, newClient } from "../support/fake-client.js";
import { answerWith, created, ownOf, placed } from "../support/fake-conversation.js";
import { hubs, settle, type FakeHub } from "../support/fake-hub.js";

vi.mock("../../src/connection/hub.js", async () => (await import("../support/fake-hub.js")).mockHubs);

(globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }).IS_REACT_ACT_ENVIRONMENT = true;

let client: RealtimeClient;
let hub: FakeHub;
let root: Root;
let page: HTMLElement;
let live: LiveConversation | undefined;

beforeEach(() => {
  client = newClient();
  page = document.createElement("div");
  root = createRoot(page);
});

afterEach(async () => {
  await act(async () => root.unmount());
  await client.close({ timeout: 0 });
});

function App({ conversationId = 7 }: { conversationId?: number }) {
  const { conversation, view, status, error } = useConversation(client, { conversationId });
  live = conversation;
  return (
    <>
      <i>{status}</i>
      <b>{error?.code}</b>
      <h1>{view?.info.name}</h1>
      <ul>{view?.comments.map(({ key, pending, comment }) => <li key={key}>{pending ? `(${comment.content})` : comment.content}</li>)}</ul>
      <u>{useSyncStatus(conversation)}</u>
    </>
  );
}

const show = (element: ReactNode) => act(async () => root.render(element));
const read = (name: string) => page.querySelector(name)!.textContent;
const turn = () => act(() => new Promise(resolve => setTimeout(resolve)));

async function joined(): Promise<void> {
  await act(async () => {
    hub = await accepted();
    await answerWith(hub, [placed(2)], 2);
  });
}

test("useConversation_JoinsAndShows_AndFollows", async () => {
  await show(<App />);
  expect([read("i"), read("h1"), read("u")]).toEqual(["joining", "", "disconnected"]);
  await joined();
  expect([read("i"), read("h1"), read("ul"), read("u")]).toEqual(["joined", "Plans", "c2", "synchronized"]);
  await act(() => hub.call("CommentCreated", created(3)));
  expect(read("ul")).toBe("c2c3");
});

test("useConversation_AfterAnOwnComment_ShowsItAtOnce", async () => {
  await show(<App />);
  await joined();
  act(() => void live!.sendComment("mine"));
  expect([read("ul"), read("u")]).toEqual(["c2(mine)", "synchronizing"]);
  await act(() => hub.call("CommentCreated", ownOf(hub.take("CreateComment"), 3)));
  expect([read("ul"), read("u")]).toEqual(["c2mine", "synchronized"]);
});

test("useConversation_InStrictMode_JoinsOnce_AndLeavesWhenUnmounted", async () => {
  await show(<StrictMode><App /></StrictMode>);
  await joined();
  await turn();
  expect([hubs.length, hub.calls]).toEqual([1, []]);
  await show(null);
  await turn();
  expect(hub.calls.map(call => call.method)).toEqual(["LeaveConversation"]);
});

test("useConversation_WithAnotherId_ChangesOver", async () => {
  await show(<App />);
  await joined();
  await show(<App conversationId={8} />);
  expect([read("i"), read("ul")]).toEqual(["joining", ""]);
  await turn();
  expect(hub.calls.map(call => [call.method, call.request.conversationId])).toEqual([["JoinConversation", 8], ["LeaveConversation", 7]]);
});

test("useConversation_ThatIsRefused_ShowsTheError", async () => {
  await show(<App />);
  await act(async () => {
    hub = await accepted();
    await settle();
    hub.take("JoinConversation").fail("conversation_not_found");
    await settle();
  });
  expect([read("i"), read("b")]).toEqual(["failed", "conversation_not_found"]);
});

test("useConversation_ThatIsLeft_ShowsWhy", async () => {
  await show(<App />);
  await joined();
  await act(() => hub.call("ConversationLeft", { conversationId: 7, reason: "deleted" }));
  expect([read("i"), read("b"), read("ul")]).toEqual(["left", "left", "c2"]);
});
