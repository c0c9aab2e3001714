import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { RealtimeClient } from "../../src/client/realtime-client.js";
import type { LiveConversation } from "../../src/conversation/live-conversation.js";
import type { RealtimeClientOptions } from "../../src/client/options.js";
import { accepted, newClient } from "../support/fake-client.js";
import { ackAt, alice, answerJoin, answerWith, at, created, ownOf, placed, position, resetTo, shown } from "../support/fake-conversation.js";
import { hubs, settle, type FakeCall, type FakeHub } from "../support/fake-hub.js";

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

async function join(options: Partial<RealtimeClientOptions> = {}): Promise<LiveConversation> {
  client = newClient(options);
  const joins = client.joinConversation({ conversationId: 7 });
  hub = await accepted();
  await answerWith(hub, [placed(2)], 2);
  return joins;
}

async function reconnect(): Promise<void> {
  hub.drop();
  await vi.advanceTimersByTimeAsync(10_000);
  hub = await hubs.at(-1)!.accept();
}
const take = () => hub.take("CreateComment");
const numbers = (...calls: FakeCall[]) => calls.map(({ request }) => [request.content, request.writerSequence]);
const duplicateAt = (sequence: number) => ackAt(sequence, { count: 0, duplicate: true });

describe("sendComment", () => {
  test("sendComment_ShowsAtOnce_AndIsSentUnderItsNumber", async () => {
    const live = await join();
    const changed = vi.fn();
    live.on("change", changed);
    void live.sendComment("hello #all", { priority: 1 });
    expect(live.comments[1]).toEqual({ pending: true, key: "pending-1", comment: { conversationId: 7, creatorId: alice, content: "hello #all", priority: 1, createdAt: at } });
    expect([changed.mock.calls.length, live.pendingComments, live.syncStatus]).toEqual([1, 1, "synchronizing"]);
    expect(take().request).toEqual({
      conversationId: 7, content: "hello #all", priority: 1, timestamp: at, writerId: expect.stringMatching(/^[0-9a-f]{32}$/) as unknown, writerSequence: 1,
    });
  });

  test("sendComment_AnsweredBeforeItsEvent_IsPendingUntilThat", async () => {
    const live = await join();
    const call = live.sendComment("mine");
    const sent = take();
    sent.answer(ackAt(4));
    expect(await call).toEqual(ackAt(4));
    await hub.call("CommentCreated", created(3));
    expect([shown(live), live.pendingComments, live.syncStatus]).toEqual(["c2 c3 (mine)", 0, "synchronizing"]);
    await hub.call("CommentCreated", ownOf(sent, 4));
    expect([shown(live), live.syncStatus]).toEqual(["c2 c3 mine", "synchronized"]);
  });

  test("sendComment_WhoseEventComesFirst_IsSettledByIt", async () => {
    const live = await join();
    const told = vi.fn();
    live.on("comment", told);
    const call = live.sendComment("mine");
    const sent = take();
    await hub.call("CommentCreated", ownOf(sent, 3));
    expect(await call).toEqual(ackAt(3));
    sent.answer(ackAt(3));
    await settle();
    expect([shown(live), live.pendingComments, live.syncStatus]).toEqual(["c2 mine", 0, "synchronized"]);
    expect(told).toHaveBeenCalledOnce();
  });

  test("sendComment_UnderTheWriterOfSomebodyElse_IsNotSettledByHisComment", async () => {
    const live = await join();
    void live.sendComment("mine");
    await hub.call("CommentCreated", { ...ownOf(take(), 3), userId: 99 });
    expect([shown(live), live.pendingComments]).toEqual(["c2 mine (mine)", 1]);
  });

  test("sendComment_OfNoText_FailsAtOnceAndIsTold", async () => {
    const live = await join();
    const refused = vi.fn();
    live.on("refused", refused);
    for (const content of ["", 7, "\ud800"]) await expect(live.sendComment(content as string)).rejects.toMatchObject({ code: "invalid_argument", details: { path: "$.content" } });
    expect(refused).toHaveBeenCalledTimes(3);
    expect(shown(live)).toBe("c2");
  });

  test("sendComment_BeyondTheBounds_FailsAtOnce", async () => {
    const live = await join({ maximumPending: 2, maximumPendingBytes: 50, maximumMessageBytes: 1_124 });
    await expect(live.sendComment("x".repeat(99))).rejects.toMatchObject({ code: "payload_too_large", details: { limit: 100 } });
    void live.sendComment("one");
    await expect(live.sendComment("x".repeat(50))).rejects.toMatchObject({ code: "queue_full", details: { limit: 50 } });
    void live.sendComment("two");
    await expect(live.sendComment("three")).rejects.toMatchObject({ code: "queue_full", details: { limit: 2 } });
    expect(shown(live)).toBe("c2 (one) (two)");
  });
});

describe("What the server refuses", () => {
  test("Refused_IsTakenBackAndTold_AndTheRestGoesOnUnderANewWriter", async () => {
    const live = await join();
    const refused = vi.fn();
    live.on("refused", refused);
    const call = live.sendComment("@user:99");
    void live.sendComment("after");
    const [first, second] = [take(), take()];
    first.fail("mention_not_found");
    second.fail("writer_gap", { expected: 1 });
    await expect(call).rejects.toMatchObject({ code: "mention_not_found", number: 225, retryable: false });
    expect(refused).toHaveBeenCalledExactlyOnceWith({ error: expect.objectContaining({ code: "mention_not_found" }) as unknown, content: { content: "@user:99", priority: 0 } });
    await settle();
    const again = take();
    expect(numbers(again)).toEqual([["after", 1]]);
    expect(again.request.writerId).not.toBe(first.request.writerId);
    expect(shown(live)).toBe("c2 (after)");
  });

  test("RateLimited_IsTriedAgainUnderItsNumber", async () => {
    const live = await join();
    void live.sendComment("mine");
    const first = take();
    first.fail("rate_limited", { retryAfter: 2 });
    await vi.advanceTimersByTimeAsync(1_999);
    expect(hub.calls).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(take().request).toEqual(first.request);
    expect(shown(live)).toBe("c2 (mine)");
  });

  test("Unavailable_ThatWasMadeAllTheSame_IsSettledByItsEvent", async () => {
    const live = await join();
    const call = live.sendComment("mine");
    const first = take();
    first.fail("unavailable");
    await hub.call("CommentCreated", ownOf(first, 3));
    expect((await call).position).toEqual(position(3));
    await vi.advanceTimersByTimeAsync(60_000);
    expect([hub.calls, shown(live)]).toEqual([[], "c2 mine"]);
  });

  test("WriterGap_AfterTheServerHasForgotten_MakesItUncertain", async () => {
    const live = await join();
    const call = live.sendComment("lost");
    take();
    await reconnect();
    void live.sendComment("fresh");
    await answerJoin(hub, true, 2);
    const [first, second] = [take(), take()];
    first.fail("writer_gap", { expected: 1 });
    second.fail("writer_gap", { expected: 1 });
    await expect(call).rejects.toMatchObject({ code: "uncertain" });
    await settle();
    expect(numbers(take())).toEqual([["fresh", 1]]);
    expect(shown(live)).toBe("c2 (fresh)");
  });
});

describe("A lost connection", () => {
  test("Lost_ThatCouldGoOn_BringsWhatWasMissed", async () => {
    const live = await join();
    const reset = vi.fn();
    live.on("reset", reset);
    await hub.call("CommentCreated", created(3));
    await reconnect();
    expect((await answerJoin(hub, true, 3)).request).toEqual({ conversationId: 7, since: { ...position(3), eventId: "e3" } });
    await hub.call("CommentCreated", created(4));
    expect([shown(live), live.syncStatus]).toEqual(["c2 c3 c4", "synchronized"]);
    expect(reset).not.toHaveBeenCalled();
  });

  test("Lost_ThatCouldNotGoOn_ReplacesTheList_AndKeepsWhatIsPending", async () => {
    const live = await join();
    const reset = vi.fn();
    live.on("reset", reset);
    hub.drop();
    void live.sendComment("mine");
    await reconnect();
    await answerWith(hub, [placed(50), placed(51)], 51, { epoch: "E2", hasEarlier: true });
    expect(reset).toHaveBeenCalledExactlyOnceWith(position(51, "E2"));
    expect([shown(live), live.hasEarlier, live.position]).toEqual(["c50 c51 (mine)", true, position(51, "E2")]);
    expect(numbers(take())).toEqual([["mine", 1]]);
  });

  test("Offline_CommentsWait_ThenGoOutInOrderOnce", async () => {
    const live = await join();
    hub.drop();
    const calls = ["one", "two", "three"].map(content => live.sendComment(content));
    expect([shown(live), live.syncStatus, live.pendingComments]).toEqual(["c2 (one) (two) (three)", "disconnected", 3]);
    await reconnect();
    expect(hub.calls.map(call => call.method)).toEqual(["JoinConversation"]);
    await answerJoin(hub, true, 2);
    const sent = [take(), take(), take()];
    expect(numbers(...sent)).toEqual([["one", 1], ["two", 2], ["three", 3]]);
    for (const [index, call] of sent.entries()) {
      await hub.call("CommentCreated", ownOf(call, 3 + index));
      call.answer(ackAt(3 + index));
    }
    expect((await Promise.all(calls)).map(ack => ack.commentId)).toEqual([300, 400, 500]);
    expect([shown(live), live.syncStatus]).toEqual(["c2 one two three", "synchronized"]);
  });

  test("Lost_BeforeTheAnswer_IsSentAgainUnderItsNumber_AndTheDuplicateSettlesIt", async () => {
    const live = await join();
    const call = live.sendComment("mine");
    const first = take();
    await reconnect();
    await answerJoin(hub, true, 2);
    const again = take();
    expect(again.request).toEqual(first.request);
    again.answer(duplicateAt(3));
    expect(await call).toMatchObject({ duplicate: true });
    expect(shown(live)).toBe("c2 (mine)");
    await hub.call("CommentCreated", ownOf(first, 3));
    expect([shown(live), live.syncStatus]).toEqual(["c2 mine", "synchronized"]);
  });

  test("Lost_BeforeTheAnswer_WithTheEventAmongWhatWasMissed_IsSettledByIt", async () => {
    const live = await join();
    const call = live.sendComment("mine");
    const first = take();
    await reconnect();
    await answerJoin(hub, true, 3);
    await hub.call("CommentCreated", ownOf(first, 3));
    expect((await call).commentId).toBe(300);
    take().answer(duplicateAt(3));
    await settle();
    expect([shown(live), live.syncStatus]).toEqual(["c2 mine", "synchronized"]);
  });

  test("Lost_BeforeTheAnswer_WithTheCommentInTheReset_IsShownOnceWhenItIsAnswered", async () => {
    const live = await join();
    void live.sendComment("mine");
    take();
    await reconnect();
    await answerWith(hub, [placed(2), placed(3, "mine", alice)], 3);
    take().answer(duplicateAt(3));
    await settle();
    expect([shown(live), live.syncStatus]).toEqual(["c2 mine", "synchronized"]);
  });

  test("Acknowledged_AndThenLost_IsNotSentAgain", async () => {
    const live = await join();
    void live.sendComment("mine");
    take().answer(ackAt(3));
    await settle();
    await reconnect();
    await answerJoin(hub, false, 3);
    await hub.call("ConversationReset", resetTo([placed(2), placed(3, "mine", alice)], 3));
    expect([hub.calls, shown(live), live.syncStatus]).toEqual([[], "c2 mine", "synchronized"]);
  });

  test("Lost_BeforeItsAnswer_IsFoundInTheStateByItsNumber", async () => {
    const live = await join();
    const call = live.sendComment("mine");
    const { writerId, writerSequence } = take().request as { writerId: string; writerSequence: number };
    await reconnect();
    const own = { ...placed(3, "mine", alice), writerId, writerSequence };
    await answerWith(hub, [placed(2), own], 3, { epoch: "E2" });
    expect(await call).toEqual({ position: position(3, "E2"), count: 1, commentId: 300, createdAt: at, duplicate: false });
    expect([shown(live), live.pendingComments, live.syncStatus, live.comments[1]]).toEqual([
      "c2 mine", 0, "synchronized", { pending: false, key: "3", sequence: 3, comment: own.comment },
    ]);
  });

  test("Left_WithoutAConnection_TellsWhatWasNeverSent", async () => {
    const live = await join();
    hub.drop();
    const call = live.sendComment("mine");
    const leaves = live.leave({ timeout: 0 });
    await vi.advanceTimersByTimeAsync(0);
    await expect(call).rejects.toMatchObject({ code: "left" });
    await leaves;
  });

  test("joinConversation_RefusedAfterwards_EndsItWithTheCode", async () => {
    const live = await join();
    const left = vi.fn();
    live.on("left", left);
    await reconnect();
    await settle();
    hub.take("JoinConversation").fail("conversation_not_found");
    await settle();
    expect(left).toHaveBeenCalledExactlyOnceWith("conversation_not_found");
  });
});
