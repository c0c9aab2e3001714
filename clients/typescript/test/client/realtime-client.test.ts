import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { RealtimeClient } from "../../src/client/realtime-client.js";
import { accepted, answerJoin, ids, newClient } from "../support/fake-client.js";
import { hubs, settle } from "../support/fake-hub.js";

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
