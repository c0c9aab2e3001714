// A feed and lists of sessions while these change, over connections that are cut: each change is told once and in order, and in the end every list is what the server lists.
import { isDeepStrictEqual } from "node:util";
import { check, clientOf, patience, rest, until, url } from "./support.mjs";
import { openGate } from "./gate.mjs";

const gate = await openGate(url);
const alice = clientOf("alice", { url: gate.url });
const bob = clientOf("bob", { url: gate.url });
const other = clientOf("alice");
const applicationId = `watched-${Date.now().toString(36)}-${process.pid}`;
await rest("alice", "POST", "applications", { applicationId, name: "Watched" });
await rest("alice", "POST", `applications/${applicationId}/roles/Contributor/participants`, { id: "bob" });

const rooms = ["red", "blue"];
const create = (name, room, participants = [{ id: "bob" }]) => other.createSession({ applicationId, name, properties: { room }, participants });
const ids = [];
for (let index = 0; index < 12; index++) ids.push((await create(`early ${index}`, rooms[index % 2])).sessionId);
const sharedId = ids.pop();

// Lists of all kinds; those of one client share its watch, whatever each is for.
const wanted = [
  [alice, {}], [alice, { status: "closed" }], [alice, { properties: { room: "blue" } }], [alice, { limit: 5 }],
  [bob, { properties: { room: "red" }, limit: 3 }], [bob, { properties: { room: "red" }, status: "closed" }], [bob, {}],
];
const lists = [];
for (const [client, request] of wanted) lists.push(await client.watchSessions({ applicationId, ...request }));
check("the pages are there", lists[0].sessions.length === 12 && !lists[0].hasMore && lists[3].sessions.length === 5 && lists[3].hasMore);

// One who is cut and one who is not hear the same.
const feeds = await Promise.all([alice, other].map(client => client.watchApplication({ applicationId })));
const told = feeds.map(() => []);
feeds.forEach((feed, index) => feed.on("event", event => told[index].push(event)));
feeds.forEach(feed => feed.on("reset", () => check("no history is lost", false)));

// A list shows what has changed, and everything else stays the same object.
const before = lists[0].sessions;
await other.patchSession({ applicationId, sessionId: ids[3], patch: { name: "renamed" } });
await until("the list has the new name", () => lists[0].sessions.some(session => session.name === "renamed"));
check("the others are the same", lists[0].sessions.filter((session, index) => session !== before[index]).length === 1);

// Whoever is in a session besides is told twice, and takes each for what it is.
const joined = await alice.joinSession({ applicationId, sessionId: sharedId });

const changes = [
  async round => ids.push((await create(`late ${round}`, rooms[round % 2], round % 3 ? [{ id: "bob" }] : [])).sessionId),
  (round, at) => other.patchSession({ ...at, patch: { properties: { room: rooms[(round >> 3) % 2], round: `${round}` } } }),
  (round, at) => other.patchSession({ ...at, patch: { name: `name ${round}` } }),
  (_, at) => other.removeSessionParticipant({ ...at, participant: { id: "bob" } }),
  (_, at) => other.addSessionParticipant({ ...at, participant: { id: "bob" } }),
  (round, at) => (round % 4 ? other.patchSession({ ...at, patch: { description: `description ${round}` } }) : other.closeSession(at)),
  async (round, at) => {
    joined.patch({ round });
    await other.patchSession({ applicationId, sessionId: sharedId, patch: { description: `shared ${round}` } });
    if (round % 5 === 0) await other.deleteSession({ ...at, sessionId: ids.splice(ids.indexOf(at.sessionId), 1)[0] });
  },
];
for (let round = 0; round < 240; round++) {
  await changes[round % changes.length](round, { applicationId, sessionId: ids[(round * 7) % ids.length] }).catch(error => check(error.message, error.code === "session_closed"));
  if (round % 30 === 17) gate.cut();
  if (round % 80 === 60) {
    gate.cut({ shut: true });
    setTimeout(() => gate.open(), 200);
  }
  if (round === 100) await Promise.all(lists.map(list => list.loadMore().catch(error => check("it is the connection", error.code === "connection_failed"))));
}

// Each list is what the server lists, as far as it was loaded.
for (const [index, list] of lists.entries()) {
  const [client, request] = wanted[index];
  await until(`list ${index} is at rest`, () => list.syncStatus === "synchronized");
  for (const end = Date.now() + patience; ; await new Promise(resolve => setTimeout(resolve, 20))) {
    const { sessions } = await client.listSessions({ applicationId, ...request, limit: 1_000 });
    if (isDeepStrictEqual(list.sessions.map(plain), sessions.slice(0, list.hasMore ? list.sessions.length : undefined).map(plain))) break;
    check(`list ${index} is that of the server`, Date.now() < end);
  }
}
await until("the session has all of it", () => joined.syncStatus === "synchronized" && joined.info.description === "shared 237");
await until("both feeds are at the end", () => told[0].length === told[1].length);
check("both have heard the same", isDeepStrictEqual(told[0], told[1]) && told[0].length > 150);
check("the feed is in order", told[0].every((event, index) => index === 0 || event.feed.sequence > told[0][index - 1].feed.sequence));

check("an unknown application is an error", (await bob.watchSessions({ applicationId: "nowhere" }).catch(error => error)).code === "application_not_found");
const left = Promise.all([lists[0], feeds[0]].map(each => new Promise(resolve => each.on("left", resolve))));
await rest("alice", "DELETE", `applications/${applicationId}`);
check("a deleted application is left", (await left).join() === "deleted,deleted");
await Promise.all([alice.close(), bob.close(), other.close()]);
gate.close();
console.log("passed");

/** The order of participants says nothing. */
function plain(session) {
  return { ...session, participants: session.participants.map(({ id }) => id).sort() };
}
