// What is read: every answer, member by member. (Changes are in events.mjs.)
import { like, same, Some, Time } from "../matching.mjs";
import { ack, position, session as sessionShape } from "../shapes.mjs";
import { ApplicationId } from "../stage.mjs";

const demo = { applicationId: ApplicationId, name: "Demo", description: Some, draftVersion: 1, createdBy: "alice", createdAt: Time };

export default {
  async "applications and roles"(stage) {
    const alice = await stage.connect("alice");
    const { applications, ...nothingMore } = await alice.call("ListApplications", {});
    like(applications.find(one => one.applicationId === ApplicationId), demo);
    like(nothingMore, {});
    like(await alice.call("GetApplication", { applicationId: ApplicationId }), demo);
    const { roles } = await alice.call("ListRoles", { applicationId: ApplicationId });
    like(roles.find(role => role.name === "Viewer"), {
      name: "Viewer", description: Some, permissions: ["application:read", "session:read:participant"], participants: [],
      createdBy: "", createdAt: "0001-01-01T00:00:00Z", modifiedBy: "", modifiedAt: "0001-01-01T00:00:00Z",
    });
  },

  async "a published application"(stage) {
    const applicationId = await stage.application();
    await stage.rest("alice", "POST", `applications/${applicationId}/publish`, {});
    const alice = await stage.connect("alice", { server: 0 });
    like(await alice.call("GetApplication", { applicationId }),
      { applicationId, name: "An application", description: "", publishedVersion: 1, createdBy: "alice", createdAt: Time });
  },

  async "members that may be absent may be undefined"(stage) {
    const alice = await stage.connect("alice"), request = { applicationId: ApplicationId, sessionId: crypto.randomUUID() };
    const change = { timestamp: undefined, writerId: undefined, writerSequence: undefined };
    like(await alice.call("CreateSession", {
      ...request, ...change, name: "Plan", description: undefined, properties: undefined, sessionVersion: undefined, data: undefined, ifExists: undefined,
      participants: [{ id: "bob", type: undefined, role: undefined }],
    }), { ...sessionShape(request, { name: "Plan", participants: [{ id: "alice", type: "user" }, { id: "bob", type: "user" }] }), created: true });
    const { sessions: [first] } = await alice.call("ListSessions",
      { applicationId: ApplicationId, status: undefined, properties: undefined, limit: undefined, cursor: undefined });
    same(first.status, "open");
    await alice.call("JoinSession", { ...request, since: undefined, echo: undefined, conflate: undefined, presence: undefined });
    await alice.call("SendSignal", { ...request, name: "to all", to: undefined });
    await alice.call("PatchSession", { ...request, ...change, ifSequence: undefined, patch: { name: "B", description: undefined, properties: undefined, status: undefined } });
    same((await alice.call("ListSessionEvents", { ...request, after: undefined, names: undefined, limit: undefined })).events.length, 2);
  },

  async "a session with everything, made twice"(stage) {
    const alice = await stage.connect("alice");
    const request = { applicationId: ApplicationId, sessionId: crypto.randomUUID() };
    const creation = {
      ...request, name: "Plan", description: "Of all", properties: { room: "blue" }, sessionVersion: 1, data: { a: 1 }, ifExists: "return",
      participants: [{ id: "bob", type: "user" }, { id: "designers", type: "group", role: "Viewer" }],
    };
    const shape = sessionShape(request, {
      name: "Plan", description: "Of all", properties: { room: "blue" },
      participants: [{ id: "alice", type: "user" }, { id: "bob", type: "user" }, { id: "designers", type: "group", role: "Viewer" }],
    });
    like(await alice.call("CreateSession", creation), { ...shape, created: true });
    like(await alice.call("CreateSession", creation), { ...shape, created: false });
    like(await alice.call("GetSession", request), shape);
    like(await alice.call("GetSessionData", request), { data: { a: 1 }, position: position(2), dataSequence: 2 });
  },

  async "sessions, page by page"(stage) {
    const alice = await stage.connect("alice"), properties = { check: crypto.randomUUID() };
    const made = [];
    for (let n = 0; n < 3; n++) {
      made.push(await stage.session(alice, { properties }));
      await new Promise(resolve => setTimeout(resolve, 5));   // Their order is by the millisecond.
    }
    const ask = { applicationId: ApplicationId, properties, limit: 2 };
    const first = await alice.call("ListSessions", ask);
    like(first, { sessions: [sessionShape(made[2], { properties }), sessionShape(made[1], { properties })], cursor: Some });
    like(await alice.call("ListSessions", { ...ask, cursor: first.cursor }), { sessions: [sessionShape(made[0], { properties })] });
    like(await alice.call("ListSessions", { ...ask, status: "closed" }), { sessions: [] });
  },

  async "data as they were, and events page by page"(stage) {
    const alice = await stage.connect("alice"), session = await stage.session(alice, { data: { n: 1 } });
    await alice.call("PatchSessionData", { ...session, data: { n: 2 } });
    for (const name of ["a", "b"]) await alice.call("CreateSessionEvent", { ...session, name });
    like(await alice.call("GetSessionData", { ...session, atSequence: 2 }), { data: { n: 1 }, position: position(2), dataSequence: 2 });
    const page = await alice.call("ListSessionEvents", { ...session, limit: 3 });
    same(page.events.map(event => event.sequence), [1, 2, 3]);
    like({ ...page, events: [] }, { events: [], position: position(3), firstAvailable: 1 });
    const picked = await alice.call("ListSessionEvents", { ...session, after: 3, names: ["b"] });
    same(picked.events.map(event => event.name), ["b"]);
    like({ ...picked, events: [] }, { events: [], position: position(5), firstAvailable: 1 });
  },

  async "changes of nothing, and a number used twice"(stage) {
    const alice = await stage.connect("alice"), session = await stage.session(alice);
    like(await alice.call("PatchSessionData", { ...session, data: {} }), { position: position(1), count: 0, duplicate: false });
    const numbered = { ...session, data: { a: 1 }, writerId: "writer", writerSequence: 1 };
    like(await alice.call("PatchSessionData", numbered), ack(2));
    like(await alice.call("PatchSessionData", numbered), ack(2, { count: 0, duplicate: true }));
  },

  async "members that are undefined count as absent"(stage) {
    const alice = await stage.connect("alice"), session = await stage.session(alice);
    const name = "Plan", ifSequence = undefined, timestamp = undefined, writerId = undefined, writerSequence = undefined;
    await alice.call("CreateSession", {
      applicationId: ApplicationId, name, description: undefined, properties: undefined, sessionVersion: undefined, participants: undefined,
      sessionId: undefined, timestamp, writerId, writerSequence,
    });
    await alice.call("ListSessions", { applicationId: ApplicationId, properties: undefined, limit: undefined, cursor: undefined });
    await alice.call("PatchSession", { ...session, patch: { name, description: undefined, properties: undefined, status: undefined }, ifSequence });
    await alice.call("UpdateSessionName", { ...session, name, ifSequence, timestamp, writerId, writerSequence });
    await alice.call("AddSessionParticipant", { ...session, participant: { id: "bob", role: undefined } });
    await alice.call("GetSessionData", { ...session, atSequence: undefined });
    await alice.call("ListSessionEvents", { ...session, after: undefined, names: undefined, limit: undefined });
    await alice.call("JoinSession", { ...session, since: undefined, echo: undefined, conflate: undefined, presence: undefined });
    await alice.call("SendSignal", { ...session, name, to: undefined });
    await alice.call("WatchApplication", { applicationId: ApplicationId, since: undefined, properties: undefined });
  },
};
