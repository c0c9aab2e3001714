import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { RealtimeClient } from "../../src/client/realtime-client.js";
import type { SpaceFeed } from "../../src/conversation/space-feed.js";
import type { SpaceEvent } from "../../src/protocol/space-event.js";
import { accepted, newClient } from "../support/fake-client.js";
import { answerWith, conversation, created, placed } from "../support/fake-conversation.js";
import { hubs, settle, type FakeCall, type FakeHub } from "../support/fake-hub.js";

vi.mock("../../src/connection/hub.js", async () => (await import("../support/fake-hub.js")).mockHubs);

let client: RealtimeClient;
let hub: FakeHub;

beforeEach(() => {
  vi.useFakeTimers();
  client = newClient();
});

afterEach(async () => {
  vi.useRealTimers();
  await client.close({ timeout: 0 });
});

const position = (sequence: number, spaceId = 9) => ({ epoch: `S${spaceId}`, sequence });

async function answerWatch(sequence: number, recovered = false, spaceId = 9): Promise<FakeCall> {
  await settle();
  const call = hub.take("WatchSpace");
  call.answer({ position: position(sequence, spaceId), recovered });
  await settle();
  if (!recovered) await hub.call("SpaceFeedReset", { spaceId, position: position(sequence, spaceId) });
  return call;
}

async function watched(spaceId = 9): Promise<{ feed: SpaceFeed; heard: unknown[] }> {
  const watches = client.watchSpace({ spaceId });
  if (hubs.length === 0) hub = await accepted();
  await answerWatch(4, false, spaceId);
  const feed = await watches;
  const heard: unknown[] = [];
  const short = (event: SpaceEvent) => `${event.eventType} ${event.conversationId}${event.eventType === "conversation_left" ? ` ${event.reason}` : ""}`;
  feed.on("event", event => heard.push(short(event)));
  feed.on("reset", at => heard.push(at));
  feed.on("left", reason => heard.push(`left: ${reason}`));
  return { feed, heard };
}

const inFeed = (sequence: number, spaceId = 9) => ({ spaceId, feed: position(sequence, spaceId) });
const about = { conversationId: 7, sequence: 1, eventId: "e1", createdAt: "", timestamp: "", source: "hub", userId: 15 };

test("watchSpace_TellsWhatHappensInItsConversations", async () => {
  const { feed, heard } = await watched();
  await hub.call("ConversationCreated", { ...about, eventType: "conversation_created", conversation, ...inFeed(5) });
  await hub.call("ConversationUpdated", { ...about, eventType: "conversation_updated", conversation, ...inFeed(6) });
  await hub.call("CommentCreated", created(3, "c", inFeed(8)));
  await hub.call("ConversationLeft", { conversationId: 8, reason: "access_revoked", feed: position(9) });
  await hub.call("ConversationDeleted", { ...about, eventType: "conversation_deleted", ...inFeed(10) });
  expect(heard).toEqual(["conversation_created 7", "conversation_updated 7", "comment_created 7", "conversation_left 8 access_revoked", "conversation_deleted 7"]);
  expect([feed.spaceId, feed.position, feed.syncStatus]).toEqual([9, position(10), "synchronized"]);
});

test("watchSpace_OfTwo_TellsEachWhatIsIts", async () => {
  const nine = await watched();
  const ten = await watched(10);
  await hub.call("CommentCreated", created(3, "c", inFeed(5, 10)));
  await hub.call("ConversationLeft", { conversationId: 8, reason: "access_revoked", feed: position(6) });
  await hub.call("SpaceFeedReset", { spaceId: 10, position: position(7, 10) });
  await hub.call("SpaceFeedPosition", { spaceId: 9, position: position(30) });
  expect([nine.heard, ten.heard]).toEqual([["conversation_left 8 access_revoked"], ["comment_created 7", position(7, 10)]]);
  expect([nine.feed.position, ten.feed.position]).toEqual([position(30), position(7, 10)]);
});

test("SpaceFeed_AfterALostConnection_GoesOnWhereItWas", async () => {
  const { heard } = await watched();
  await hub.call("ConversationLeft", { conversationId: 8, reason: "access_revoked", feed: position(6) });
  hub.drop();
  await vi.advanceTimersByTimeAsync(1_000);
  hub = await hubs.at(-1)!.accept();
  expect((await answerWatch(6, true)).request).toEqual({ spaceId: 9, since: position(6) });
  await hub.call("ConversationLeft", { conversationId: 8, reason: "access_revoked", feed: position(6) });
  await hub.call("CommentCreated", created(3, "c", inFeed(7)));
  expect(heard).toEqual(["conversation_left 8 access_revoked", "comment_created 7"]);
});

test("SpaceFeed_OfWhoIsNoMemberAnyMore_IsLeft", async () => {
  const { feed, heard } = await watched();
  await hub.call("SpaceFeedLeft", { spaceId: 9, reason: "access_revoked" });
  expect([heard, feed.syncStatus]).toEqual([["left: access_revoked"], "disconnected"]);
});

test("SpaceFeed_ThatIsLeft_IsUnwatched", async () => {
  const { feed, heard } = await watched();
  expect(await client.watchSpace({ spaceId: 9 })).toBe(feed);
  await feed.leave();
  const leaves = feed.leave();
  await settle();
  const call = hub.take("UnwatchSpace");
  expect(call.request).toEqual({ spaceId: 9 });
  call.answer({});
  await leaves;
  expect(heard).toEqual(["left: left"]);
});

test("LiveConversation_InASpaceThatIsWatched_TakesNothingOfTheFeed_NorTheFeedOfIt", async () => {
  const { feed, heard } = await watched();
  const joins = client.joinConversation({ conversationId: 7 });
  await settle();
  await answerWith(hub, [placed(2)], 2);
  const live = await joins;
  await hub.call("CommentCreated", created(9, "in the feed", inFeed(5)));
  await hub.call("ConversationLeft", { conversationId: 7, reason: "access_revoked", feed: position(6) });
  expect([live.comments.length, live.syncStatus]).toEqual([1, "synchronized"]);
  await hub.call("CommentCreated", created(3));
  await hub.call("ConversationLeft", { conversationId: 7, reason: "deleted" });
  expect([live.comments.length, live.syncStatus, feed.syncStatus]).toEqual([2, "disconnected", "synchronized"]);
  expect(heard).toEqual(["comment_created 7", "conversation_left 7 access_revoked"]);
});
