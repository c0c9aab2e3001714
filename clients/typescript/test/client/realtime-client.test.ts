import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { RealtimeClient } from "../../src/client/realtime-client.js";
import type { LiveSession } from "../../src/session/live-session.js";
import { accepted, ackAt, answerJoin, answerResume, ids, newClient } from "../support/fake-client.js";
import { hubs, settle, type FakeHub } from "../support/fake-hub.js";

vi.mock("../../src/connection/hub.js", async () => (await import("../support/fake-hub.js")).mockHubs);

let client: RealtimeClient;

beforeEach(() => {
  vi.useFakeTimers();
  client = newClient();
});

afterEach(async () => {
  vi.useRealTimers();
  await client.close({ timeout: 0 });
});

describe("Requests", () => {
  test("Request_WithoutAConnection_ConnectsFirst", async () => {
    const answer = client.getSession(ids);
    (await accepted()).take("GetSession").answer({ name: "Board" });
    expect(await answer).toEqual({ name: "Board" });
    expect(client.state).toBe("connected");
  });

  test("Request_WithoutArguments_SendsAnObject", async () => {
    const answer = client.listApplications();
    const call = (await accepted()).take("ListApplications");
    expect(call.request).toEqual({});
    call.answer({ applications: [] });
    await answer;
  });

  test("Request_Aborted_FailsWithTheReason", async () => {
    const abort = new AbortController();
    const failed = expect(client.getSession(ids, { signal: abort.signal })).rejects.toThrow("enough");
    await accepted();
    abort.abort(new Error("enough"));
    await failed;
  });

  test("Request_WithoutAnAnswer_FailsInTime", async () => {
    const failed = expect(client.getSession(ids)).rejects.toMatchObject({ code: "connection_failed" });
    await accepted();
    await vi.advanceTimersByTimeAsync(15_000);
    await failed;
  });

  test("Request_OfAClosedClient_Fails", async () => {
    await client.close();
    await expect(client.getSession(ids)).rejects.toMatchObject({ code: "left" });
    expect(client.state).toBe("closed");
  });
});

describe("joinSession", () => {
  test("joinSession_ThatIsRefused_FailsWithTheCode", async () => {
    const joins = client.joinSession(ids);
    const hub = await accepted();
    await settle();
    hub.take("JoinSession").fail("session_not_found");
    await expect(joins).rejects.toMatchObject({ code: "session_not_found" });
  });

  test("joinSession_WithoutAServer_FailsInTime", async () => {
    const failed = expect(client.joinSession(ids)).rejects.toMatchObject({ code: "connection_failed" });
    await vi.advanceTimersByTimeAsync(15_000);
    await failed;
    expect(client.state).toBe("disconnected");
  });

  test("joinSession_OfOneThatIsJoined_SharesIt", async () => {
    const first = client.joinSession(ids);
    const hub = await accepted();
    await answerJoin(hub);
    const second = await client.joinSession(ids);
    expect(second).toBe(await first);
    await second.leave();
    expect(hub.calls).toEqual([]);
    const leaves = second.leave();
    await settle();
    hub.take("LeaveSession").answer({});
    await leaves;
    expect(second.syncStatus).toBe("disconnected");
  });

  test("joinSession_WhileItIsBeingLeft_WaitsAndJoinsAnew", async () => {
    const joins = client.joinSession(ids);
    const hub = await accepted();
    await answerJoin(hub);
    const session = await joins;
    void session.leave();
    const again = client.joinSession(ids);
    await settle();
    expect(hub.calls.map(call => call.method)).toEqual(["LeaveSession"]);
    hub.take("LeaveSession").answer({});
    await settle();
    await answerJoin(hub, { again: true });
    expect((await again).data).toEqual({ again: true });
  });

  test("joinSession_AbortedByOneHolder_StaysForTheOther", async () => {
    const abort = new AbortController();
    const aborted = expect(client.joinSession(ids, { signal: abort.signal })).rejects.toThrow();
    const joins = client.joinSession(ids);
    const hub = await accepted();
    abort.abort();
    await aborted;
    await answerJoin(hub, { a: 1 });
    expect((await joins).data).toEqual({ a: 1 });
  });

  test("joinSession_WithPresenceThatIsNoJson_FailsAtOnce", async () => {
    await expect(client.joinSession({ ...ids, presence: { at: NaN } })).rejects.toMatchObject({ code: "invalid_argument", details: { path: "$.data.at" } });
    expect(hubs).toEqual([]);
  });
});

test("Close_WithChanges_WaitsForTheirAnswers", async () => {
  const joins = client.joinSession(ids);
  const hub = await accepted();
  await answerJoin(hub);
  const session = await joins;
  const call = session.patch({ a: 1 });
  const closes = client.close({ timeout: 1_000 });
  await settle();
  expect(client.state).toBe("connected");
  await vi.advanceTimersByTimeAsync(1_000);
  hub.take("LeaveSession").answer({});
  await closes;
  await expect(call).rejects.toMatchObject({ code: "uncertain" });
  expect(client.state).toBe("closed");
});

describe("leave", () => {
  const leaves = (hub: FakeHub) => hub.calls.filter(call => call.method === "LeaveSession").length;

  async function joined(): Promise<[LiveSession, FakeHub]> {
    const joins = client.joinSession(ids);
    const hub = await accepted();
    await answerJoin(hub);
    return [await joins, hub];
  }

  test("leave_WithoutALimit_WaitsForAnswersForAsLongAsItTakes", async () => {
    const [session, before] = await joined();
    before.drop();
    const call = session.patch({ a: 1 });
    const left = session.leave({ timeout: Infinity });
    await vi.advanceTimersByTimeAsync(60 * 60_000);
    expect(client.pendingChanges).toBe(1);
    client.wake();
    const hub = await accepted();
    await answerResume(hub, 1);
    hub.take("PatchSessionData").answer(ackAt(2));
    expect(await call).toEqual(ackAt(2));
    await settle();
    expect(client.pendingChanges).toBe(0);
    hub.take("LeaveSession").answer({});
    await left;
  });

  test("leave_OfTwoAfterEachOther_WaitsForTheChangesOfBoth", async () => {
    const [session, hub] = await joined();
    void session.patch({ a: 1 });
    void session.leave({ timeout: Infinity });
    const again = await client.joinSession(ids);
    void again.patch({ b: 1 });
    void again.leave({ timeout: Infinity });
    hub.take("PatchSessionData").answer(ackAt(2));
    await settle();
    expect([client.pendingChanges, leaves(hub)]).toEqual([1, 0]);
    hub.take("PatchSessionData").answer(ackAt(3));
    await settle();
    expect([client.pendingChanges, leaves(hub)]).toEqual([0, 1]);
  });

  test("leave_WithAnImpatientOneAfterIt_IsNotCutShort", async () => {
    const [session, hub] = await joined();
    void session.patch({ a: 1 });
    void session.leave({ timeout: Infinity });
    void (await client.joinSession(ids)).leave({ timeout: 0 });
    await vi.advanceTimersByTimeAsync(10_000);
    expect([client.pendingChanges, leaves(hub)]).toEqual([1, 0]);
  });

  test("leave_WhileAChangeIsMadeMeanwhile_WaitsForThatToo", async () => {
    const [session, hub] = await joined();
    void session.patch({ a: 1 });
    void session.leave({ timeout: Infinity });
    void session.patch({ b: 1 });
    hub.take("PatchSessionData").answer(ackAt(2));
    await settle();
    expect(leaves(hub)).toBe(0);
    hub.take("PatchSessionData").answer(ackAt(3));
    await settle();
    expect(leaves(hub)).toBe(1);
  });

  test("joinSession_OfOneThatIsBeingLeftWithoutAConnection_IsThereAtOnce", async () => {
    const [session, hub] = await joined();
    hub.drop();
    void session.patch({ a: 1 });
    void session.leave({ timeout: Infinity });
    const again = await client.joinSession(ids);
    expect(again.data).toEqual({ a: 1 });
    await vi.advanceTimersByTimeAsync(60_000);
    expect(again.pendingChanges).toBe(1);
  });

  test("close_WhileAnswersAreWaitedForWithoutALimit_EndsThatInTime", async () => {
    const [session, hub] = await joined();
    hub.drop();
    const call = session.patch({ a: 1 });
    const left = session.leave({ timeout: Infinity });
    const closes = client.close({ timeout: 1_000 });
    await vi.advanceTimersByTimeAsync(1_000);
    await Promise.all([left, closes]);
    await expect(call).rejects.toMatchObject({ code: "left" });
  });
});

test("connect_WithoutALimit_GoesOnUntilThereIsAConnection", async () => {
  const connects = client.connect({ timeout: Infinity });
  await vi.advanceTimersByTimeAsync(15 * 60_000);
  expect(client.state).toBe("connecting");
  client.wake();
  await accepted();
  await connects;
});

test("wake_BetweenTwoAttempts_TriesAtOnce", async () => {
  void client.connect();
  await settle();
  await hubs.at(-1)!.refuse();
  client.wake();
  await accepted();
  expect(client.state).toBe("connected");
});
