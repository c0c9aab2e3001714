import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { RealtimeClient } from "../../src/client/realtime-client.js";
import type { JsonObject } from "../../src/lib/json.js";
import type { LiveSession } from "../../src/session/live-session.js";
import type { JoinSessionRequest } from "../../src/session/options.js";
import { accepted, ackAt, answerJoin, answerResume, ids, newClient, patched } from "../support/fake-client.js";
import { hubs, settle, type FakeHub } from "../support/fake-hub.js";

vi.mock("../../src/connection/hub.js", async () => (await import("../support/fake-hub.js")).mockHubs);

let client: RealtimeClient;
let hub: FakeHub;

beforeEach(() => {
  vi.useFakeTimers();
  vi.setSystemTime("2026-01-01T00:00:00Z");
  client = newClient();
});

afterEach(async () => {
  vi.useRealTimers();
  await client.close({ timeout: 0 });
});

async function join(data: JsonObject = {}, request: Partial<JoinSessionRequest> = {}): Promise<LiveSession> {
  const joins = client.joinSession({ ...ids, ...request });
  hub = await accepted();
  await answerJoin(hub, data);
  return joins;
}

async function reconnect(): Promise<void> {
  hub.drop();
  await vi.advanceTimersByTimeAsync(10_000);
  hub = await hubs.at(-1)!.accept();
}

describe("patch", () => {
  test("patch_ShowsAtOnce_AndIsSentUnderItsNumber", async () => {
    const session = await join({ a: 1 });
    const changed = vi.fn();
    session.on("change", changed);
    const call = session.patch({ b: 2 });
    expect(session.data).toEqual({ a: 1, b: 2 });
    expect(session.confirmedData).toEqual({ a: 1 });
    expect(changed).toHaveBeenCalledTimes(1);
    expect([session.pendingChanges, session.syncStatus]).toEqual([1, "synchronizing"]);
    const sent = hub.take("PatchSessionData");
    expect(sent.request).toEqual({ ...ids, data: { b: 2 }, timestamp: "2026-01-01T00:00:00.000Z", writerId: expect.stringMatching(/^[0-9a-f]{32}$/) as unknown, writerSequence: 1 });
    sent.answer(ackAt(2));
    expect(await call).toEqual(ackAt(2));
    expect([session.pendingChanges, session.syncStatus, session.position.sequence]).toEqual([0, "synchronized", 2]);
    expect(changed).toHaveBeenCalledTimes(1);
  });

  test("patch_IsTold_AsAnEventOfTheCaller", async () => {
    const session = await join();
    const heard = vi.fn();
    session.on("event", heard);
    session.patch({ b: 2 });
    hub.take("PatchSessionData").answer(ackAt(2));
    await settle();
    expect(heard).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({
      eventType: "session_data_updated", ...ids, sequence: 2, eventId: "e2", source: "hub", userId: "alice", data: { b: 2 }, timestamp: "2026-01-01T00:00:00.000Z", version: 1, writerSequence: 1,
    }));
  });

  test("patch_OfWhatIsNoJson_FailsAtOnceAndIsTold", async () => {
    const session = await join();
    const refused = vi.fn();
    session.on("refused", refused);
    await expect(session.patch({ at: new Date() as never })).rejects.toMatchObject({ code: "invalid_argument", details: { path: "$.data.at" } });
    expect(refused).toHaveBeenCalledOnce();
    expect(session.data).toEqual({});
  });

  test("patch_ChangedByTheCallerLater_StaysWhatItWas", async () => {
    const session = await join();
    const list = [1];
    session.patch({ list });
    list.push(2);
    expect(session.data).toEqual({ list: [1] });
    expect(Object.isFrozen(session.data.list)).toBe(true);
  });

  test("patch_ThatIsRefused_IsTakenBackAndTold", async () => {
    const session = await join({ a: 1 });
    const refused = vi.fn();
    session.on("refused", refused);
    const call = session.patch({ a: 2 });
    hub.take("PatchSessionData").fail("forbidden");
    await expect(call).rejects.toMatchObject({ code: "forbidden", number: 101, retryable: false });
    expect(session.data).toEqual({ a: 1 });
    expect(refused).toHaveBeenCalledExactlyOnceWith({ error: expect.objectContaining({ code: "forbidden" }) as unknown, content: { kind: "patch", data: { a: 2 } } });
  });

  test("patch_WithFractions_IsBoundAsMessagePack", async () => {
    client = newClient({ protocol: "messagepack", maximumMessageBytes: 2_048 });
    const session = await join();
    await expect(session.patch({ a: Array(200).fill(0.5) })).rejects.toMatchObject({ code: "payload_too_large", details: { limit: 1_024 } });
    session.patch({ a: Array(200).fill(1) });
    expect(session.pendingChanges).toBe(1);
  });

  test("patch_InAHandler_IsDoneToo", async () => {
    const session = await join();
    session.on("event", event => {
      if (event.sequence === 2) session.patch({ seen: true });
    });
    await patched(hub, 2, { a: 1 });
    expect(session.data).toEqual({ a: 1, seen: true });
    hub.take("PatchSessionData").answer(ackAt(3));
    await settle();
    expect(session.syncStatus).toBe("synchronized");
  });
});

describe("What others do", () => {
  test("Events_ThatComeTogether_AreOneChange", async () => {
    const session = await join({ kept: { x: 1 } });
    const changed = vi.fn();
    session.on("change", changed);
    const { kept } = session.data;
    void patched(hub, 2, { a: 1 });
    void patched(hub, 3, { a: 2 });
    await settle();
    expect(changed).toHaveBeenCalledExactlyOnceWith({ data: { kept: { x: 1 }, a: 2 }, info: session.info });
    expect(session.data.kept).toBe(kept);
  });

  test("Events_BeneathOwnChanges_KeepWhatIsEqual", async () => {
    const session = await join();
    session.patch({ mine: { x: 1 } });
    const { mine } = session.data;
    await patched(hub, 2, { theirs: 1 });
    expect(session.data).toEqual({ mine: { x: 1 }, theirs: 1 });
    expect(session.data.mine).toBe(mine);
  });

  test("Events_OfAnotherSession_AreNotHeard", async () => {
    const session = await join();
    await hub.call("SessionDataUpdated", { applicationId: "demo", sessionId: "other", sequence: 2, eventType: "session_data_updated", data: { a: 1 } });
    expect(session.data).toEqual({});
  });

  test("Gap_ThatStays_IsClosedByJoiningAgain", async () => {
    const session = await join();
    await patched(hub, 3, { a: 3 });
    await vi.advanceTimersByTimeAsync(9_999);
    expect(hub.calls).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(hub.take("JoinSession").request).toMatchObject({ since: { epoch: "E1", sequence: 1 } });
    expect(session.syncStatus).toBe("synchronizing");
  });

  test("Request_ThatIsAnswered_IsHeardByJoiningAgainAtOnce", async () => {
    const session = await join();
    const closes = client.closeSession(ids);
    await settle();
    hub.take("CloseSession").answer(ackAt(2));
    await closes;
    expect(session.syncStatus).toBe("synchronizing");
    expect(hub.take("JoinSession").request).toMatchObject({ since: { epoch: "E1", sequence: 1 } });
  });

  test("Request_WhoseCallerHasGivenUp_IsHeardAllTheSame", async () => {
    await join();
    const abort = new AbortController();
    const given = expect(client.patchSession({ ...ids, patch: { name: "Plans" } }, { signal: abort.signal })).rejects.toThrow("enough");
    await settle();
    abort.abort(new Error("enough"));
    await given;
    hub.take("PatchSession").answer(ackAt(2));
    await settle();
    expect(hub.take("JoinSession").request).toMatchObject({ since: { epoch: "E1", sequence: 1 } });
  });

  test("Request_ForAnotherSession_ConcernsNobody", async () => {
    const session = await join();
    void client.closeSession({ ...ids, sessionId: "other" });
    await settle();
    hub.take("CloseSession").answer(ackAt(2));
    await settle();
    expect(hub.calls).toEqual([]);
    expect(session.syncStatus).toBe("synchronized");
  });

  test("SessionLeft_EndsIt", async () => {
    const session = await join();
    const left = vi.fn();
    session.on("left", left);
    const call = session.patch({ a: 1 });
    await hub.call("SessionLeft", { ...ids, reason: "access_revoked" });
    expect(left).toHaveBeenCalledExactlyOnceWith("access_revoked");
    await expect(call).rejects.toMatchObject({ code: "uncertain" });
    await expect(session.patch({ a: 1 })).rejects.toMatchObject({ code: "left" });
    expect(session.syncStatus).toBe("disconnected");
    await session.leave();
    expect(hub.calls.map(each => each.method)).toEqual(["PatchSessionData"]);
  });
});

describe("A lost connection", () => {
  test("Lost_WithChanges_SendsThemAgainUnderTheirNumbers", async () => {
    const session = await join();
    const call = session.patch({ a: 1 });
    const first = hub.take("PatchSessionData").request;
    await reconnect();
    session.patch({ b: 1 });
    await answerResume(hub, 1);
    const again = hub.take("PatchSessionData");
    expect(again.request).toEqual(first);
    expect(hub.take("PatchSessionData").request).toMatchObject({ writerId: first.writerId, writerSequence: 2 });
    again.answer({ position: { epoch: "E1", sequence: 2 }, count: 0, duplicate: true });
    expect(await call).toMatchObject({ duplicate: true });
    expect(session.connectionId).toBe("c2");
  });

  test("Lost_TellsTheStatus", async () => {
    const session = await join();
    const told: string[] = [];
    session.on("syncStatus", status => told.push(status));
    await reconnect();
    await answerResume(hub, 1);
    expect(told).toEqual(["disconnected", "synchronizing", "synchronized"]);
  });

  test("Unavailable_IsTriedAgainAfterAWhile", async () => {
    const session = await join();
    session.patch({ a: 1 });
    hub.take("PatchSessionData").fail("rate_limited", { retryAfter: 2 });
    await vi.advanceTimersByTimeAsync(1_999);
    expect(hub.calls).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(hub.take("PatchSessionData").request).toMatchObject({ writerSequence: 1 });
  });
});

describe("Of the moment", () => {
  test("sendSignal_WithoutAConnection_IsDropped", async () => {
    const session = await join();
    void session.sendSignal("cursor", { x: 1 }, { to: "bob" });
    await settle();
    expect(hub.take("SendSignal").request).toEqual({ ...ids, name: "cursor", data: { x: 1 }, to: "bob" });
    hub.drop();
    await session.sendSignal("cursor");
  });

  test("Presence_IsKeptForTheNextConnection", async () => {
    const session = await join({}, { presence: { color: "teal" } });
    const told = vi.fn();
    session.on("presence", told);
    await hub.call("SessionPresence", { ...ids, people: { alice: { c1: { color: "teal" } } } });
    await hub.call("SessionPresenceUpdated", { ...ids, people: { bob: { c9: {} } } });
    expect(session.people).toEqual({ alice: { c1: { color: "teal" } }, bob: { c9: {} } });
    expect(told).toHaveBeenCalledTimes(2);
    const update = session.updatePresence({ editing: "title" });
    void session.updatePresence({ color: null });
    await settle();
    const call = hub.take("UpdatePresence");
    expect(call.request).toMatchObject({ state: { editing: "title" } });
    expect(hub.calls).toEqual([]);
    call.answer({});
    await settle();
    const next = hub.take("UpdatePresence");
    expect(next.request).toMatchObject({ state: { color: null } });
    next.answer({});
    await update;
    await reconnect();
    await settle();
    expect(hub.calls[0]!.request).toMatchObject({ presence: { editing: "title" } });
  });

  test("Presence_ThatAJoinHasReplaced_IsToldAgain", async () => {
    const session = await join({}, { presence: { color: "teal" } });
    await patched(hub, 3, { a: 3 });
    const update = session.updatePresence({ color: "red" });
    await settle();
    const call = hub.take("UpdatePresence");
    await vi.advanceTimersByTimeAsync(10_000);
    call.answer({});
    await update;
    void session.updatePresence({ editing: "title" });
    await settle();
    expect(hub.calls).toMatchObject([{ method: "JoinSession", request: { presence: { color: "teal" } } }]);
    await answerResume(hub, 1);
    expect(hub.take("UpdatePresence").request).toMatchObject({ state: { color: "red", editing: "title" } });
  });

  test("Presence_ThatIsRefused_IsNotJoinedWith", async () => {
    const session = await join({}, { presence: true });
    const update = session.updatePresence({ note: "much too long" });
    await settle();
    hub.take("UpdatePresence").fail("data_too_large", { limit: 1024 });
    await expect(update).rejects.toMatchObject({ code: "data_too_large" });
    await reconnect();
    expect(hub.take("JoinSession").request).toMatchObject({ presence: {} });
  });

  test("updatePresence_JoinedWithout_Fails", async () => {
    const session = await join();
    await expect(session.updatePresence({})).rejects.toMatchObject({ code: "not_joined" });
  });
});

test("undo_TakesBack_AndSaysWhetherThereWasAnything", async () => {
  const session = await join({ a: 1 });
  expect(session.undo()).toBeUndefined();
  session.patch({ a: 2 });
  expect(session.canUndo).toBe(true);
  expect(session.undo()).toBeInstanceOf(Promise);
  expect(session.data).toEqual({ a: 1 });
  expect(session.canUndo).toBe(false);
});

test("leave_WaitsForAnswers", async () => {
  const session = await join();
  const call = session.patch({ a: 1 });
  const leaves = session.leave();
  await settle();
  hub.take("PatchSessionData").answer(ackAt(2));
  await call;
  await settle();
  hub.take("LeaveSession").answer({});
  await leaves;
});
