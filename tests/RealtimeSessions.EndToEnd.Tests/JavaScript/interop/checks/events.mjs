// Every change of a session: its answer, and its event as members, watchers and the history have it.
import { like, same, Time } from "../matching.mjs";
import { ack, event, position } from "../shapes.mjs";
import { ApplicationId } from "../stage.mjs";

const carol = { id: "carol", type: "user" };

/** The request, and what its event carries. */
const Changes = {
  UpdateSessionName: [{ name: "Plan" }, "SessionUpdated", { session: { name: "Plan" } }],
  UpdateSessionDescription: [{ description: "Of all" }, "SessionUpdated", { session: { description: "Of all" } }],
  UpdateSessionProperties: [{ properties: { room: "blue" } }, "SessionPropertiesUpdated", { session: { properties: { room: "blue" } } }],
  PatchSessionData: [{ data: { a: { b: [1, null] }, gone: null } }, "SessionDataUpdated", { data: { a: { b: [1, null] }, gone: null } }],
  AddSessionParticipant: [{ participant: { id: "designers", type: "group", role: "Viewer" } }, "SessionParticipantAdded",
    { participant: { id: "designers", type: "group", role: "Viewer" } }],
  RemoveSessionParticipant: [{ participant: carol }, "SessionParticipantRemoved", { participant: carol }],
  CreateSessionEvent: [{ name: "ping", data: [1, "two", null] }, "SessionEventCreated", { name: "ping", data: [1, "two", null] }],
  CloseSession: [{}, "SessionClosed", { session: { status: "closed" } }],
};
const NotInTheFeed = ["SessionDataUpdated", "SessionEventCreated"];

async function makeChange(stage, method, more = {}, carriesMore = {}) {
  const [request, callback, carries] = Changes[method];
  const { alice, members: [member, watcher], session } = await watched(stage);
  like(await alice.call(method, { ...session, ...request, ...more }), ack(2));
  const expected = event(session, typeOf(callback), 2, { ...carries, ...carriesMore });
  const told = await member.next(callback);
  like(told, expected);
  const { events } = await alice.call("ListSessionEvents", { ...session, after: 1 });
  same(events, [told], "the history");
  if (NotInTheFeed.includes(callback)) return;
  const { feed, ...fed } = await watcher.next(callback, event => event.sessionId === session.sessionId);
  same(fed, told, "the feed");
  like(feed, { epoch: /./, sequence: feed.sequence });
}

/** Bob is a member, and somebody else watches; with two protocols, each has another. */
async function watched(stage) {
  const alice = await stage.connect("alice"), member = await stage.connect("bob"), watcher = await stage.connect("bob");
  const session = await stage.session(alice, { participants: [{ id: "bob" }, carol] });
  await member.call("JoinSession", session);
  await member.next("SessionReset");
  await watcher.call("WatchApplication", { applicationId: ApplicationId });
  await watcher.next("FeedReset");
  return { alice, members: [member, watcher], session };
}

function typeOf(callback) {
  return callback.replace(/(?<!^)[A-Z]/g, letter => `_${letter}`).toLowerCase();
}

export default {
  ...Object.fromEntries(Object.keys(Changes).map(method => [method, stage => makeChange(stage, method)])),

  "a change with its time and number": stage => makeChange(stage, "PatchSessionData",
    { timestamp: "2001-02-03T04:05:06.789Z", writerId: "writer", writerSequence: 1 },
    { timestamp: "2001-02-03T04:05:06.789Z", writerId: "writer", writerSequence: 1 }),

  "a change with a Date for its time": stage => makeChange(stage, "CloseSession",
    { timestamp: new Date("2001-02-03T04:05:06.789Z") }, { timestamp: "2001-02-03T04:05:06.789Z" }),

  async "PatchSession makes three events in one step"(stage) {
    const { alice, members: [member], session } = await watched(stage);
    const patch = { name: "Plan", description: "Of all", properties: { room: "blue" }, status: "closed" };
    like(await alice.call("PatchSession", { ...session, patch }), ack(4, { count: 3 }));
    like(await member.next("SessionUpdated"), event(session, "session_updated", 2, { session: { name: "Plan", description: "Of all" } }));
    like(await member.next("SessionPropertiesUpdated"), event(session, "session_properties_updated", 3, { session: { properties: { room: "blue" } } }));
    like(await member.next("SessionClosed"), event(session, "session_closed", 4, { session: { status: "closed" } }));
  },

  async "an event without data has none"(stage) {
    const { alice, members: [member], session } = await watched(stage);
    await alice.call("CreateSessionEvent", { ...session, name: "ping" });
    like(await member.next("SessionEventCreated"), event(session, "session_event_created", 2, { name: "ping" }));
  },

  async "an event over REST is the same to both"(stage) {
    const { alice, members, session } = await stage.joined();
    await stage.rest("alice", "POST", `applications/${ApplicationId}/sessions/${session.sessionId}/events`, { name: "ping", data: [1.5] });
    const told = await Promise.all(members.map(member => member.next("SessionEventCreated")));
    like(told[0], event(session, "session_event_created", 2, { name: "ping", data: [1.5], source: "rest" }));
    same(told[1], told[0]);
    like(await alice.call("GetSessionData", session), { data: {}, position: position(2), dataSequence: 0 });
  },

  async "DeleteSession answers, and puts members out"(stage) {
    const { alice, members, session } = await stage.joined();
    like(await alice.call("DeleteSession", session), {});
    for (const member of members) like(await member.next("SessionLeft"), { ...session, reason: "deleted" });
  },

  async "a participant who is removed hears it, and is out"(stage) {
    const { alice, members: [bob], session } = await stage.joined();
    await alice.call("RemoveSessionParticipant", { ...session, participant: { id: "bob" } });
    like(await bob.next("SessionParticipantRemoved"),
      event(session, "session_participant_removed", 2, { participant: { id: "bob", type: "user" }, timestamp: Time }));
    like(await bob.next("SessionLeft"), { ...session, reason: "access_revoked" });
  },
};
