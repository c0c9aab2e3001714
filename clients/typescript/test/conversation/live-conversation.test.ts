import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { RealtimeClient } from "../../src/client/realtime-client.js";
import type { LiveConversation } from "../../src/conversation/live-conversation.js";
import { CommentPriority, type PlacedComment } from "../../src/protocol/conversation.js";
import { accepted, newClient } from "../support/fake-client.js";
import { ackAt, alice, answerWith, at, conversation, created, ownOf, placed, position, resetTo, shown } from "../support/fake-conversation.js";
import { settle, type FakeHub } from "../support/fake-hub.js";

vi.mock("../../src/connection/hub.js", async () => (await import("../support/fake-hub.js")).mockHubs);

let client: RealtimeClient;
let hub: FakeHub;

beforeEach(() => {
  vi.useFakeTimers();
  vi.setSystemTime(at);
  client = newClient();
});

afterEach(async () => {
  vi.useRealTimers();
  await client.close({ timeout: 0 });
});

async function join(comments: readonly PlacedComment[] = [placed(2)], sequence = 2, hasEarlier = false): Promise<LiveConversation> {
  const joins = client.joinConversation({ conversationId: 7 });
  hub = await accepted();
  await answerWith(hub, comments, sequence, { hasEarlier });
  return joins;
}

describe("Joining", () => {
  test("joinConversation_GivesWhatTheResetBrings", async () => {
    const live = await join([placed(2), placed(4)], 5, true);
    expect(live.info).toEqual(conversation);
    expect(live.comments).toEqual([{ pending: false, key: "2", ...placed(2) }, { pending: false, key: "4", ...placed(4) }]);
    expect([live.conversationId, live.userId, live.hasEarlier, live.position, live.syncStatus]).toEqual([7, alice, true, position(5), "synchronized"]);
  });

  test("joinConversation_WhoseResetComesFirst_WaitsForTheAnswer", async () => {
    const joins = client.joinConversation({ conversationId: 7 });
    hub = await accepted();
    await hub.call("ConversationReset", resetTo([placed(2)], 2));
    const call = hub.take("JoinConversation");
    expect(call.request).toEqual({ conversationId: 7 });
    call.answer({ conversation, position: position(2), recovered: false, userId: alice });
    expect(shown(await joins)).toBe("c2");
  });

  test("joinConversation_ThatIsRefused_FailsWithTheCode", async () => {
    const failed = expect(client.joinConversation({ conversationId: 7 })).rejects.toMatchObject({ code: "conversation_not_found", number: 220 });
    hub = await accepted();
    hub.take("JoinConversation").fail("conversation_not_found");
    await failed;
  });

  test("joinConversation_OfOneThatIsJoined_SharesIt_AndTheLastOneLeaves", async () => {
    const live = await join();
    expect(await client.joinConversation({ conversationId: 7 })).toBe(live);
    await live.leave();
    expect(hub.calls).toEqual([]);
    const leaves = live.leave();
    await settle();
    hub.take("LeaveConversation").answer({});
    await leaves;
    expect(live.syncStatus).toBe("disconnected");
  });
});

describe("What others do", () => {
  test("Comments_ComeInTheirOrder_WhateverOrderTheyArriveIn", async () => {
    const live = await join();
    const [told, changed] = [vi.fn(), vi.fn()];
    live.on("comment", told);
    live.on("change", changed);
    await hub.call("CommentCreated", created(5));
    await hub.call("CommentCreated", created(4));
    expect([shown(live), live.syncStatus]).toEqual(["c2", "synchronizing"]);
    await hub.call("CommentCreated", created(3));
    await hub.call("CommentCreated", created(3));
    expect([shown(live), live.syncStatus, live.position.sequence]).toEqual(["c2 c3 c4 c5", "synchronized", 5]);
    expect(told.mock.calls.map(([event]) => (event as { sequence: number }).sequence)).toEqual([3, 4, 5]);
    expect(changed).toHaveBeenCalledExactlyOnceWith(live.view);
  });

  test("Comments_ThatWereThere_StayTheSameObjects", async () => {
    const live = await join();
    const [first] = live.comments;
    const before = live.comments;
    await hub.call("CommentCreated", created(3));
    expect(live.comments[0]).toBe(first);
    expect([before.length, live.comments.length, Object.isFrozen(live.comments)]).toEqual([1, 2, true]);
  });

  test("ConversationUpdated_ReplacesTheWholeOfIt", async () => {
    const live = await join();
    const { comments } = live;
    const renamed = { ...conversation, name: "Other", tags: ["later"] };
    const { comment: _, ...event } = created(3);
    await hub.call("ConversationUpdated", { ...event, eventType: "conversation_updated", conversation: renamed });
    expect(live.info).toEqual(renamed);
    expect(live.comments).toBe(comments);
  });

  test("WhatIsOfAnotherConversation_IsNotHeard", async () => {
    const live = await join();
    await hub.call("CommentCreated", { ...created(3), conversationId: 8 });
    expect(shown(live)).toBe("c2");
  });

  test("Gap_ThatStays_IsClosedByJoiningAgain", async () => {
    const live = await join();
    await hub.call("CommentCreated", created(4));
    await vi.advanceTimersByTimeAsync(10_000);
    expect(hub.take("JoinConversation").request).toEqual({ conversationId: 7, since: position(2) });
    expect(shown(live)).toBe("c2");
  });

  test("ConversationLeft_EndsIt", async () => {
    const live = await join();
    const told: unknown[] = [];
    for (const name of ["change", "syncStatus", "left"] as const) live.on(name, value => told.push(name === "change" ? shown(live) : value));
    const call = live.sendComment("late");
    await hub.call("ConversationLeft", { conversationId: 7, reason: "access_revoked" });
    expect(told).toEqual(["synchronizing", "c2 (late)", "disconnected", "c2", "access_revoked"]);
    await expect(call).rejects.toMatchObject({ code: "uncertain" });
    await expect(live.sendComment("later")).rejects.toMatchObject({ code: "left" });
    expect(live.syncStatus).toBe("disconnected");
    await hub.call("CommentCreated", created(3));
    expect(live.position.sequence).toBe(2);
  });

  test("WhatIsOfTheFeedOfASpace_IsNotTheConversations", async () => {
    const live = await join();
    const feed = { spaceId: 3, feed: position(9) };
    await hub.call("CommentCreated", { ...created(3), ...feed });
    await hub.call("ConversationLeft", { conversationId: 7, reason: "access_revoked", ...feed });
    expect([shown(live), live.position.sequence, live.syncStatus]).toEqual(["c2", 2, "synchronized"]);
    await hub.call("CommentCreated", created(3));
    expect(shown(live)).toBe("c2 c3");
  });

  test("ConversationLeft_OfOneThatWasTooSlow_WaitsForTheNextConnection", async () => {
    const live = await join();
    const left = vi.fn();
    live.on("left", left);
    await hub.call("ConversationLeft", { conversationId: 7, reason: "too_slow" });
    expect([left.mock.calls, live.syncStatus]).toEqual([[], "synchronized"]);
  });
});

describe("loadEarlier", () => {
  test("loadEarlier_PutsThemInFront", async () => {
    const live = await join([placed(8), placed(9)], 9, true);
    const changed = vi.fn();
    live.on("change", changed);
    const call = live.loadEarlier(2);
    expect(live.loadEarlier()).toBe(call);
    const asked = hub.take("ListComments");
    expect(asked.request).toEqual({ conversationId: 7, before: 8, limit: 2 });
    asked.answer({ comments: [placed(6), placed(4)], hasEarlier: false });
    await call;
    await settle();
    expect([shown(live), live.hasEarlier]).toEqual(["c4 c6 c8 c9", false]);
    expect(changed).toHaveBeenCalledOnce();
    await live.loadEarlier();
    expect(hub.calls).toEqual([]);
  });

  test("loadEarlier_WhileCommentsCome_KeepsThem", async () => {
    const live = await join([placed(8)], 8, true);
    const call = live.loadEarlier();
    void live.sendComment("mine");
    await hub.call("CommentCreated", created(9));
    hub.take("ListComments").answer({ comments: [placed(6)], hasEarlier: true });
    await call;
    await hub.call("CommentCreated", created(10));
    expect([shown(live), live.hasEarlier]).toEqual(["c6 c8 c9 c10 (mine)", true]);
  });

  test("loadEarlier_OvertakenByAReset_IsDropped", async () => {
    const live = await join([placed(8)], 8, true);
    const call = live.loadEarlier();
    await hub.call("ConversationReset", resetTo([placed(20)], 20, { hasEarlier: true }));
    hub.take("ListComments").answer({ comments: [placed(6)], hasEarlier: false });
    await call;
    expect([shown(live), live.hasEarlier]).toEqual(["c20", true]);
  });

  test("loadEarlier_ThatFails_SaysWhyAndMayBeTriedAgain", async () => {
    const live = await join([placed(8)], 8, true);
    const failed = expect(live.loadEarlier()).rejects.toMatchObject({ code: "unavailable" });
    hub.take("ListComments").fail("unavailable");
    await failed;
    void live.loadEarlier();
    expect(hub.take("ListComments").request).toEqual({ conversationId: 7, before: 8 });
  });
});

test("close_WaitsForCommentsToBeAnswered", async () => {
  const live = await join();
  const call = live.sendComment("last", { priority: CommentPriority.Important });
  const closes = client.close();
  await settle();
  const sent = hub.take("CreateComment");
  sent.answer(ackAt(3));
  await hub.call("CommentCreated", ownOf(sent, 3));
  expect(await call).toEqual(ackAt(3));
  hub.take("LeaveConversation").answer({});
  await closes;
  expect(client.state).toBe("closed");
});
