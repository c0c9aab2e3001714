import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { LiveSessionList } from "../../src/application/live-session-list.js";
import type { WatchSessionsRequest } from "../../src/application/session-list-sync.js";
import type { RealtimeClient } from "../../src/client/realtime-client.js";
import { accepted, newClient } from "../support/fake-client.js";
import { answerPage, answerWatch, demo, renamed, sessionOf, told } from "../support/fake-feed.js";
import { hubs, settle, type FakeHub } from "../support/fake-hub.js";

vi.mock("../../src/connection/hub.js", async () => (await import("../support/fake-hub.js")).mockHubs);

let client: RealtimeClient;
let hub: FakeHub;
let list: LiveSessionList;
let heard: unknown[];

beforeEach(() => {
  vi.useFakeTimers();
  client = newClient();
});

afterEach(async () => {
  vi.useRealTimers();
  await client.close({ timeout: 0 });
});

async function listed(request: Omit<WatchSessionsRequest, "applicationId"> = {}, cursor?: string): Promise<void> {
  const lists = client.watchSessions({ ...demo, ...request });
  hub = await accepted();
  await answerWatch(hub, 4);
  await answerPage(hub, [sessionOf("s2", 2), sessionOf("s1", 1)], cursor);
  list = await lists;
  heard = [];
  list.on("change", view => heard.push(view.sessions.map(({ name }) => name).join()));
  list.on("syncStatus", status => heard.push(status));
  list.on("left", reason => heard.push(`left: ${reason}`));
}

async function reconnected(): Promise<void> {
  hub.drop();
  await vi.advanceTimersByTimeAsync(1_000);
  hub = await hubs.at(-1)!.accept();
}

const names = () => list.sessions.map(({ name }) => name).join();

test("watchSessions_ListsWhatWasAskedFor", async () => {
  const lists = client.watchSessions({ ...demo, status: "closed", properties: { room: "blue" }, limit: 1 });
  hub = await accepted();
  expect((await answerWatch(hub, 4)).request).toEqual({ ...demo, properties: { room: "blue" } });
  expect((await answerPage(hub, [sessionOf("s1", 1, { status: "closed", properties: { room: "blue" } })], "c1")).request)
    .toEqual({ ...demo, status: "closed", properties: { room: "blue" }, limit: 1 });
  list = await lists;
  expect([list.applicationId, names(), list.hasMore, list.syncStatus]).toEqual(["demo", "s1", true, "synchronized"]);
  expect([list.view, list.sessions, list.sessions[0]!.properties].every(Object.isFrozen)).toBe(true);
});

test("LiveSessionList_FollowsTheFeed_AndTellsOnceWhatComesTogether", async () => {
  await listed();
  const [newest] = list.sessions;
  await Promise.all([hub.call("SessionUpdated", renamed(5, "s1", "One")), hub.call("SessionUpdated", renamed(6, "s1", "Uno"))]);
  expect(heard).toEqual(["s2,Uno"]);
  expect(list.sessions[0]).toBe(newest);
  const { view } = list;
  await hub.call("SessionDeleted", told(7, { eventType: "session_deleted", sessionId: "s9" }));
  expect(list.view).toBe(view);
  expect(heard).toEqual(["s2,Uno"]);
});

test("LiveSessionList_AfterALostConnection_GoesOnByItsFeed", async () => {
  await listed();
  await reconnected();
  await answerWatch(hub, 4, true);
  await hub.call("SessionUpdated", renamed(5, "s1", "One"));
  expect(heard).toEqual(["disconnected", "synchronizing", "synchronized", "s2,One"]);
  expect(hub.calls).toEqual([]);
});

test("LiveSessionList_AfterAReset_ListsAnewAndShowsTheOldOneUntilThen", async () => {
  await listed();
  await reconnected();
  await answerWatch(hub, 30);
  expect([names(), list.syncStatus]).toEqual(["s2,s1", "synchronizing"]);
  const [newest] = list.sessions;
  await answerPage(hub, [sessionOf("s3", 3), sessionOf("s2", 2)]);
  expect(heard).toEqual(["disconnected", "synchronizing", "synchronized", "s3,s2"]);
  expect(list.sessions[1]).toBe(newest);
});

test("LiveSessionList_WhoseListingIsCutOff_ListsWhenItIsBack", async () => {
  await listed();
  await hub.call("FeedReset", { ...demo, position: { epoch: "F1", sequence: 9 } });
  expect(hub.calls.map(call => call.method)).toEqual(["ListSessions"]);
  await reconnected();
  await answerWatch(hub, 9, true);
  await answerPage(hub, [sessionOf("s5", 5)]);
  expect([names(), list.syncStatus]).toEqual(["s5", "synchronized"]);
});

test("LiveSessionList_WhoseListingFailsForNow_ListsAgain", async () => {
  await listed();
  await hub.call("FeedReset", { ...demo, position: { epoch: "F1", sequence: 9 } });
  hub.take("ListSessions").fail("unavailable");
  await settle();
  expect([names(), list.syncStatus]).toEqual(["s2,s1", "synchronizing"]);
  await vi.advanceTimersByTimeAsync(1_000);
  await answerPage(hub, [sessionOf("s5", 5)]);
  expect([names(), list.syncStatus]).toEqual(["s5", "synchronized"]);
});

test("LiveSessionList_ThatMayNotBeListedAnyMore_IsLeftAndUnwatches", async () => {
  await listed();
  await hub.call("FeedReset", { ...demo, position: { epoch: "F1", sequence: 9 } });
  hub.take("ListSessions").fail("application_not_found");
  await settle();
  expect(heard).toEqual(["synchronizing", "disconnected", "left: application_not_found"]);
  expect(hub.calls.map(call => call.method)).toEqual(["UnwatchApplication"]);
});

test("LiveSessionList_AfterARemoval_ReadsWhetherItMayStillBeSeen", async () => {
  await listed();
  await hub.call("SessionParticipantRemoved", told(5, { eventType: "session_participant_removed", sessionId: "s1", participant: { id: "bob" } }));
  expect(list.syncStatus).toBe("synchronizing");
  hub.take("GetSession").fail("session_not_found");
  await settle();
  expect([names(), list.syncStatus]).toEqual(["s2", "synchronized"]);
  await hub.call("SessionParticipantRemoved", told(6, { eventType: "session_participant_removed", sessionId: "s2", participant: { id: "bob" } }));
  hub.take("GetSession").answer(sessionOf("s2", 2, { participants: [{ id: "alice" }] }));
  await settle();
  expect([names(), list.syncStatus]).toEqual(["s2", "synchronized"]);
});

test("LiveSessionList_ThatCannotReadASession_ListsAnew", async () => {
  await listed();
  await hub.call("SessionParticipantRemoved", told(5, { eventType: "session_participant_removed", sessionId: "s1", participant: { id: "bob" } }));
  hub.take("GetSession").fail("internal");
  await settle();
  await vi.advanceTimersByTimeAsync(1_000);
  await answerPage(hub, [sessionOf("s2", 2)]);
  expect([names(), list.syncStatus]).toEqual(["s2", "synchronized"]);
});

test("loadMore_PutsOlderOnesBehind", async () => {
  await listed({ limit: 2 }, "c1");
  const loads = [list.loadMore(), list.loadMore()];
  expect((await answerPage(hub, [sessionOf("s0", 0)])).request).toEqual({ ...demo, limit: 2, cursor: "c1" });
  await Promise.all(loads);
  expect([names(), list.hasMore, hub.calls]).toEqual(["s2,s1,s0", false, []]);
  await list.loadMore();
  expect(hub.calls).toEqual([]);
});

test("loadMore_WithoutAConnection_FailsAndCanBeAskedAgain", async () => {
  await listed({ limit: 2 }, "c1");
  const failed = expect(list.loadMore(5)).rejects.toMatchObject({ code: "connection_failed" });
  await reconnected();
  await failed;
  await answerWatch(hub, 4, true);
  const loads = list.loadMore(5);
  expect((await answerPage(hub, [sessionOf("s0", 0)])).request).toEqual({ ...demo, limit: 5, cursor: "c1" });
  await loads;
  expect(names()).toBe("s2,s1,s0");
});

test("leave_OfTheLastOne_EndsTheWatch", async () => {
  await listed();
  const others = client.watchSessions({ ...demo, status: "closed" });
  await settle();
  await answerPage(hub, []);
  const other = await others;
  await list.leave();
  await hub.call("SessionUpdated", renamed(5, "s1", "One"));
  expect([heard, list.syncStatus, names()]).toEqual([["disconnected", "left: left"], "disconnected", "s2,s1"]);
  expect(hub.calls).toEqual([]);
  const leaves = other.leave();
  await settle();
  hub.take("UnwatchApplication").answer({});
  await leaves;
  await list.leave();
  expect(hub.calls).toEqual([]);
});

test("watchSessions_WhoseListIsRefused_FailsAndUnwatches", async () => {
  const lists = client.watchSessions({ ...demo, limit: 5_000 });
  hub = await accepted();
  await answerWatch(hub, 4);
  hub.take("ListSessions").fail("invalid_argument", { path: "$.limit" });
  await expect(Promise.race([lists, settle().then(settle)])).rejects.toMatchObject({ code: "invalid_argument" });
  expect(hub.calls.map(call => call.method)).toEqual(["UnwatchApplication"]);
});

test("watchSessions_OfAClosedClient_IsLeft", async () => {
  await listed();
  const closes = client.close();
  await settle();
  hub.take("UnwatchApplication").answer({});
  await closes;
  expect(heard).toEqual(["disconnected", "left: left"]);
});
