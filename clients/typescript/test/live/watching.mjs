// Feeds and lists while sessions and conversations change, over connections that are cut: in the end every list is what the server lists, and each change was told once, in order.
import { isDeepStrictEqual } from "node:util";
import { check, clientOf, rest, until, url } from "./support.mjs";
import { openGate } from "./gate.mjs";

const gate = await openGate(url);
const alice = clientOf("alice", { url: gate.url });
const bob = clientOf("bob");
const other = clientOf("alice");
const applicationId = `watched-${process.pid}-${Date.now() % 100_000}`;
await rest("alice", "POST", "applications", { applicationId, name: "Watched" });
await rest("alice", "POST", `applications/${applicationId}/roles/Contributor/participants`, { id: "bob" });

// Each list with what the server is asked for to compare.
const wanted = [
  [alice, {}], [alice, { status: "closed" }], [alice, { properties: { room: "blue" } }], [alice, { limit: 5 }],
  [bob, {}], [bob, { status: "closed", properties: { room: "blue" } }], [bob, { properties: { room: "red" }, limit: 3 }],
];
const early = [];
for (let index = 0; index < 12; index++) early.push(await other.createSession({ applicationId, name: `early ${index}`, properties: { room: index % 2 ? "blue" : "red" }, participants: [{ id: "bob" }] }));
const { sessionId: sharedId } = early.pop();
const lists = [];
for (const [client, request] of wanted) lists.push(await client.watchSessions({ applicationId, ...request }));
const [feed, again] = await Promise.all([alice.watchApplication({ applicationId }), alice.watchApplication({ applicationId })]);
check("the watch is shared", feed === again);
await again.leave();
check("the pages are there", lists[0].sessions.length === 12 && !lists[0].hasMore && lists[3].sessions.length === 5 && lists[3].hasMore);

// The feed tells each change once and in order.
const told = [];
const resets = [];
feed.on("event", event => told.push(event));
feed.on("reset", position => resets.push(position));

// A list shows what has changed, and nothing else is another object.
const before = lists[0].sessions;
await other.patchSession({ applicationId, sessionId: early[3].sessionId, patch: { name: "renamed" } });
await until("the list has the new name", () => lists[0].sessions.some(session => session.name === "renamed"));
check("the others are the same", lists[0].sessions.filter((session, index) => session !== before[index]).length === 1);

// A member who watches is told twice, and takes each for what it is.
const joined = await alice.joinSession({ applicationId, sessionId: sharedId });

// Everything changes all the time, while alice is cut again and again.
const rooms = ["red", "blue"];
const alive = early.map(({ sessionId }) => sessionId);
let changes = 0;
for (let round = 0; round < 240; round++) {
  const sessionId = alive[(round * 7) % alive.length];
  const ids = { applicationId, sessionId };
  const act = [
    async () => alive.push((await other.createSession({ applicationId, name: `late ${round}`, properties: { room: rooms[round % 2] }, participants: round % 3 ? [{ id: "bob" }] : [] })).sessionId),
    () => other.patchSession({ ...ids, patch: { properties: { room: rooms[(round >> 3) % 2], round: `${round}` } } }),
    () => other.patchSession({ ...ids, patch: { name: `name ${round}` } }),
    () => other.removeSessionParticipant({ ...ids, participant: { id: "bob" } }),
    () => other.addSessionParticipant({ ...ids, participant: { id: "bob" } }),
    () => round % 4 ? other.patchSession({ ...ids, patch: { description: `description ${round}` } }) : other.closeSession(ids),
    async () => round % 5 ? (joined.patch({ round }), other.patchSession({ applicationId, sessionId: sharedId, patch: { description: `shared ${round}` } })) : (await other.deleteSession(ids), alive.splice(alive.indexOf(sessionId), 1)),
  ][round % 7];
  await act().catch(error => { if (error.code !== "session_closed") throw error; });
  changes++;
  if (round % 30 === 17) gate.cut();
  if (round % 80 === 60) {
    gate.cut({ shut: true });
    setTimeout(() => gate.open(), 200);
  }
  if (round === 100) await Promise.all(lists.map(list => list.loadMore().catch(error => check("it is the connection", error.code === "connection_failed"))));
}

// In the end each list is what the server lists.
for (const [index, list] of lists.entries()) {
  const [client, request] = wanted[index];
  const sorted = session => ({ ...session, participants: session.participants.map(each => each.id).sort() });
  let server;
  const isSame = async () => {
    server = (await client.listSessions({ applicationId, ...request, limit: 1_000 })).sessions;
    return list.syncStatus === "synchronized" && isDeepStrictEqual(list.sessions.map(sorted), server.slice(0, list.sessions.length).map(sorted)) && (list.hasMore || server.length === list.sessions.length);
  };
  for (const end = Date.now() + 10_000; !(await isSame()); await new Promise(resolve => setTimeout(resolve, 50))) {
    if (Date.now() < end) continue;
    console.error(list.syncStatus, list.hasMore, list.sessions.map(sorted), server.map(sorted));
    throw new Error(`List ${index} is not what the server lists.`);
  }
}
check("no history was lost", resets.length === 0);
check("the feed is in order", told.every((event, index) => index === 0 || event.feed.sequence > told[index - 1].feed.sequence));
check("each is told once", new Set(told.map(event => event.eventId)).size === told.length);
const bySession = Map.groupBy ? Map.groupBy(told, event => event.sessionId) : told.reduce((map, event) => map.set(event.sessionId, [...(map.get(event.sessionId) ?? []), event]), new Map());
for (const events of bySession.values()) check("each session's are in its order", events.every((event, index) => index === 0 || event.sequence > events[index - 1].sequence));
console.error(changes, told.length, bySession.size, lists.map(list => list.sessions.length));
await Promise.all([alice.close(), bob.close(), other.close()]);
gate.close();
console.log("passed");
