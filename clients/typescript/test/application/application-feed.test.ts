import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { ApplicationFeed } from "../../src/application/application-feed.js";
import type { RealtimeClient } from "../../src/client/realtime-client.js";
import { accepted, answerJoin, ids, newClient } from "../support/fake-client.js";
import { answerPage, answerWatch, demo, position, renamed, sessionOf, told } from "../support/fake-feed.js";
import { hubs, settle, type FakeHub } from "../support/fake-hub.js";

vi.mock("../../src/connection/hub.js", async () => (await import("../support/fake-hub.js")).mockHubs);

let client: RealtimeClient;
let hub: FakeHub;
let feed: ApplicationFeed;
let heard: unknown[];

beforeEach(() => {
  vi.useFakeTimers();
  client = newClient();
});

afterEach(async () => {
  vi.useRealTimers();
  await client.close({ timeout: 0 });
});

async function watched(): Promise<void> {
  const watches = client.watchApplication(demo);
  hub = await accepted();
  await answerWatch(hub, 4);
  feed = await watches;
  heard = [];
  feed.on("event", event => heard.push(event.feed.sequence));
  feed.on("reset", at => heard.push(at));
  feed.on("left", reason => heard.push(reason));
}

/** The connection is lost and made again. */
async function reconnected(): Promise<void> {
  hub.drop();
  await vi.advanceTimersByTimeAsync(1_000);
  hub = await hubs.at(-1)!.accept();
}

describe("watchApplication", () => {
  test("watchApplication_IsThereWithItsPosition_AndTellsEvents", async () => {
    await watched();
    expect([feed.applicationId, feed.position, feed.syncStatus]).toEqual(["demo", position(4), "synchronized"]);
    await hub.call("SessionUpdated", renamed(6, "s1", "One"));
    await hub.call("SessionDeleted", told(7, { eventType: "session_deleted", sessionId: "s1" }));
    expect([heard, feed.position]).toEqual([[6, 7], position(7)]);
  });

  test("watchApplication_OfWhatIsWatched_SharesIt", async () => {
    await watched();
    const again = await client.watchApplication(demo);
    expect(again).toBe(feed);
    await again.leave();
    expect([hub.calls, heard]).toEqual([[], []]);
    const leaves = feed.leave();
    await settle();
    hub.take("UnwatchApplication").answer({});
    await leaves;
    expect([heard, feed.syncStatus]).toEqual([["left"], "disconnected"]);
  });

  test("watchApplication_ThatIsRefused_FailsWithTheCode", async () => {
    const watches = client.watchApplication(demo);
    hub = await accepted();
    await settle();
    hub.take("WatchApplication").fail("application_not_found");
    await expect(watches).rejects.toMatchObject({ code: "application_not_found" });
  });

  test("watchApplication_Aborted_LeavesIt", async () => {
    const abort = new AbortController();
    const aborted = expect(client.watchApplication(demo, { signal: abort.signal })).rejects.toThrow();
    hub = await accepted();
    abort.abort();
    await vi.advanceTimersByTimeAsync(0);
    await aborted;
    expect(hub.calls.map(call => call.method)).toEqual(["WatchApplication", "UnwatchApplication"]);
  });
});

describe("ApplicationFeed", () => {
  test("ApplicationFeed_AfterALostConnection_GoesOnWhereItWas", async () => {
    await watched();
    const statuses: string[] = [];
    feed.on("syncStatus", status => statuses.push(status));
    await hub.call("SessionUpdated", renamed(5, "s1", "One"));
    await hub.call("FeedPosition", { ...demo, position: position(8) });
    await reconnected();
    expect((await answerWatch(hub, 8, true)).request).toEqual({ ...demo, since: position(8), properties: {} });
    await hub.call("SessionUpdated", renamed(8, "s1", "One"));
    await hub.call("SessionUpdated", renamed(9, "s1", "Two"));
    expect([heard, statuses]).toEqual([[5, 9], ["disconnected", "synchronizing", "synchronized"]]);
  });

  test("ApplicationFeed_ThatCannotGoOn_TellsAReset", async () => {
    await watched();
    await reconnected();
    await answerWatch(hub, 30);
    expect(heard).toEqual([position(30)]);
  });

  test("ApplicationFeed_RefusedForNow_IsTriedAgain", async () => {
    await watched();
    await reconnected();
    hub.take("WatchApplication").fail("unavailable");
    await settle();
    expect(feed.syncStatus).toBe("synchronizing");
    await vi.advanceTimersByTimeAsync(1_000);
    await answerWatch(hub, 4, true);
    expect(feed.syncStatus).toBe("synchronized");
  });

  test("ApplicationFeed_OfADeletedApplication_IsLeft", async () => {
    await watched();
    await hub.call("FeedLeft", { ...demo, reason: "deleted" });
    expect([heard, feed.syncStatus]).toEqual([["deleted"], "disconnected"]);
    await hub.call("SessionUpdated", renamed(5, "s1", "One"));
    expect(heard).toEqual(["deleted"]);
  });

  test("ApplicationFeed_ThatListsWithPropertiesBegan_BeginsAnewForAll", async () => {
    const lists = client.watchSessions({ ...demo, properties: { room: "blue", floor: "2" } });
    hub = await accepted();
    expect((await answerWatch(hub, 4)).request).toEqual({ ...demo, properties: { room: "blue", floor: "2" } });
    await answerPage(hub, []);
    const list = await lists;
    const others = client.watchSessions({ ...demo, properties: { room: "blue", floor: "3" } });
    expect((await answerWatch(hub, 4)).request).toEqual({ ...demo, properties: { room: "blue" } });
    for (const floor of ["2", "3"]) {
      const session = sessionOf(`s${floor}`, 1, { properties: { room: "blue", floor } });
      expect((await answerPage(hub, [session])).request).toMatchObject({ properties: { floor } });
    }
    const other = await others;
    expect([list, other].map(each => each.sessions.map(({ sessionId }) => sessionId))).toEqual([["s2"], ["s3"]]);
    const watches = client.watchApplication(demo);
    expect((await answerWatch(hub, 4)).request).toEqual({ ...demo, properties: {} });
    feed = await watches;
    // Who wants no less than is watched has it at once.
    expect(await client.watchApplication(demo)).toBe(feed);
  });
});

test("LiveSession_OfAnApplicationThatIsWatched_TakesNothingOfTheFeed", async () => {
  await watched();
  const joins = client.joinSession(ids);
  await answerJoin(hub, { a: 1 }, 7);
  const session = await joins;
  const events: number[] = [];
  session.on("event", event => events.push(event.sequence));
  await hub.call("SessionUpdated", { ...renamed(8, "board", "From the feed"), feed: position(5) });
  await hub.call("SessionDeleted", { ...told(9, { eventType: "session_deleted", sessionId: "board" }), feed: position(6) });
  expect([session.info.name, session.position.sequence, session.syncStatus, session.people, events]).toEqual(["Board", 7, "synchronized", {}, []]);
  const { feed: _, ...member } = renamed(8, "board", "Renamed");
  await hub.call("SessionUpdated", member);
  expect([session.info.name, events, heard]).toEqual(["Renamed", [8], [5, 6]]);
});
