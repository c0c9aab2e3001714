import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { Connection, type ConnectionState } from "../../src/connection/connection.js";
import { hubAddress } from "../../src/connection/hub.js";
import { retryDelay } from "../../src/connection/retry-delay.js";
import { onWake } from "../../src/connection/wake.js";
import { RealtimeError } from "../../src/protocol/errors.js";
import { FakeHub, settle } from "../support/fake-hub.js";

let hubs: FakeHub[];
let states: ConnectionState[];
let connection: Connection;
const latest = () => hubs.at(-1)!;
const request = { applicationId: "demo", sessionId: "board" };

beforeEach(() => {
  vi.useFakeTimers();
  vi.spyOn(Math, "random").mockReturnValue(1);
  hubs = [];
  states = [];
  connection = new Connection({
    createHub: async () => (hubs.push(new FakeHub()), latest()),
    attemptTimeout: 15_000,
    logger: () => undefined,
  });
  connection.on("state", state => states.push(state));
});

afterEach(() => {
  connection.close();
  vi.useRealTimers();
  vi.restoreAllMocks();
});

async function opened(): Promise<FakeHub> {
  const open = connection.open(15_000);
  await settle();
  await latest().accept();
  await open;
  return latest();
}

async function pass(milliseconds: number): Promise<void> {
  await vi.advanceTimersByTimeAsync(milliseconds);
}

describe("open", () => {
  test("open_WithAServer_Connects", async () => {
    await opened();
    expect(states).toEqual(["connecting", "connected"]);
    await connection.open(1);
    expect(hubs).toHaveLength(1);
  });

  test("open_WithoutAServer_TriesUntilPatienceEnds", async () => {
    const errors: RealtimeError[] = [];
    connection.on("error", error => errors.push(error));
    const open = connection.open(1_000);
    const failed = expect(open).rejects.toMatchObject({ code: "connection_failed", retryable: true, cause: { message: "refused" } });
    await settle();
    for (const wait of [250, 500, 1_000]) {
      await latest().refuse();
      await pass(wait);
    }
    await failed;
    expect(hubs).toHaveLength(3);
    expect(errors.map(error => error.code)).toEqual(["connection_failed", "connection_failed", "connection_failed"]);
    expect(connection.state).toBe("disconnected");
    await pass(60_000);
    expect(hubs).toHaveLength(3);
  });

  test("open_AfterItWasGivenUp_ConnectsAnew", async () => {
    const failed = expect(connection.open(10)).rejects.toThrow(RealtimeError);
    await pass(10);
    await failed;
    const late = latest();
    await late.accept();
    expect(late.isStopped).toBe(true);
    await opened();
    expect(states).toEqual(["connecting", "disconnected", "connecting", "connected"]);
  });

  test("open_Aborted_FailsWithTheReason", async () => {
    const abort = new AbortController();
    const failed = expect(connection.open(10_000, abort.signal)).rejects.toThrow("enough");
    abort.abort(new Error("enough"));
    await failed;
    expect(connection.state).toBe("disconnected");
  });

  test("open_WhereAnAttemptHangs_TriesAgain", async () => {
    const open = connection.open(60_000);
    await settle();
    await pass(15_000);
    expect(hubs[0]!.isStopped).toBe(true);
    await pass(250);
    expect(hubs).toHaveLength(2);
    await latest().accept();
    await open;
  });
});

describe("A lost connection", () => {
  test("Lost_AfterAWhile_ComesBackAtOnce", async () => {
    const hub = await opened();
    await pass(5_000);
    hub.drop();
    expect(connection.state).toBe("reconnecting");
    await pass(100);
    await latest().accept();
    expect(states).toEqual(["connecting", "connected", "reconnecting", "connected"]);
    expect(hubs).toHaveLength(2);
  });

  test("Lost_AgainAndAgain_WaitsLongerEachTime", async () => {
    await opened();
    for (const wait of [250, 500, 1_000, 2_000, 4_000, 8_000, 10_000, 10_000]) {
      const count = hubs.length;
      latest().drop();
      await pass(wait - 1);
      expect(hubs).toHaveLength(count);
      await pass(1);
      expect(hubs).toHaveLength(count + 1);
      await latest().accept();
    }
  });

  test("Lost_ForLong_IsTriedForever", async () => {
    const hub = await opened();
    hub.drop();
    for (let attempt = 0; attempt < 100; attempt++) {
      await pass(10_000);
      await latest().refuse();
    }
    expect(connection.state).toBe("reconnecting");
  });

  test("Wake_WhileWaiting_TriesAtOnce", async () => {
    const hub = await opened();
    hub.drop();
    connection.wake();
    await settle();
    expect(hubs).toHaveLength(2);
    connection.wake();
    await settle();
    expect(hubs).toHaveLength(2);
  });

  test("Callback_OfAConnectionThatIsGone_IsNotHeard", async () => {
    const heard = vi.fn();
    connection.on("callback", heard);
    const hub = await opened();
    await hub.call("SessionReset", request);
    hub.drop();
    await hub.call("SessionReset", request);
    expect(heard).toHaveBeenCalledExactlyOnceWith({ name: "SessionReset", payload: request });
  });
});

describe("invoke", () => {
  test("invoke_Answered_ReturnsTheAnswer", async () => {
    const hub = await opened();
    const answer = connection.invoke("GetSession", request);
    hub.take("GetSession").answer({ name: "Board" });
    expect(await answer).toEqual({ name: "Board" });
  });

  test("invoke_Refused_FailsWithTheServersCode", async () => {
    const hub = await opened();
    const answer = connection.invoke("GetSession", request);
    hub.take("GetSession").fail("conflict", { position: { epoch: "E1", sequence: 3 } });
    await expect(answer).rejects.toMatchObject({ code: "conflict", number: 203, message: "In words.", details: { position: { sequence: 3 } } });
  });

  test("invoke_ThatLosesItsAnswer_FailsAsConnection", async () => {
    const hub = await opened();
    const answer = connection.invoke("GetSession", request);
    hub.drop();
    await expect(answer).rejects.toMatchObject({ code: "connection_failed" });
  });

  test("invoke_ThatCannotBeSent_EndsTheConnection", async () => {
    const hub = await opened();
    const answer = connection.invoke("GetSession", request);
    hub.take("GetSession").lose();
    await expect(answer).rejects.toMatchObject({ code: "connection_failed" });
    expect(hub.isStopped).toBe(true);
    expect(connection.state).toBe("reconnecting");
  });
});

test("Close_EndsWaitingAndTrying", async () => {
  const failed = expect(connection.open(10_000)).rejects.toMatchObject({ code: "left" });
  connection.close();
  await failed;
  await expect(connection.open(10_000)).rejects.toMatchObject({ code: "left" });
  await pass(60_000);
  expect(states).toEqual(["connecting", "closed"]);
  expect(hubs).toHaveLength(1);
});

test("Handler_ThatThrows_KeepsNoOtherFromHearing", async () => {
  const heard = vi.fn();
  connection.on("state", () => {
    throw new Error("mine");
  });
  connection.on("state", heard);
  await opened();
  expect(heard).toHaveBeenCalledTimes(2);
});

test("RetryDelay_IsDrawnByLot", () => {
  expect([0, 1, 2, 3, 6, 7, 50].map(failures => retryDelay(failures, 1))).toEqual([100, 250, 500, 1_000, 8_000, 10_000, 10_000]);
  expect(retryDelay(7, 0.25)).toBe(2_500);
});

test.each([
  ["https://host", "https://host/hub"],
  ["https://host/", "https://host/hub"],
  ["https://host/base/", "https://host/base/hub"],
  ["https://host/base/hub", "https://host/base/hub"],
])("HubAddress of %s is %s", (url, address) => expect(hubAddress(url)).toBe(address));

test("OnWake_WithoutABrowser_DoesNothing", () => expect(onWake(() => undefined)()).toBeUndefined());
