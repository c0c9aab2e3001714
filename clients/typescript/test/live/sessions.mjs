// Two clients in one session, over connections that are cut: in the end both have the same, nothing is lost and nothing doubled.
import { check, clientOf, signIn, until, url } from "./support.mjs";
import { openGate } from "./gate.mjs";

const gate = await openGate(url);
const alice = clientOf("alice", { url: gate.url });
const bob = clientOf("bob");
const applicationId = "demo";
const { sessionId } = await alice.createSession({ applicationId, name: "Live", data: { count: { alice: 0, bob: 0 } }, participants: [{ id: "bob" }] });
const [a, b] = await Promise.all([alice, bob].map(client => client.joinSession({ applicationId, sessionId, presence: { color: "teal" } })));
check("the callers are known", a.userId === "alice" && b.userId === "bob");

// What both hear is one order without holes.
const heard = [[], []];
[a, b].forEach((session, index) => session.on("event", event => heard[index].push(event)));

// Own changes show at once; others see them.
const acknowledged = a.patch({ title: "Plans", deep: { one: 1 } });
check("an own change shows at once", a.data.title === "Plans");
check("it is acknowledged", (await acknowledged).count === 1);
await until("bob sees it", () => b.data.title === "Plans");

// Presence and signals.
await until("both are here", () => ["alice", "bob"].every(user => a.people[user] && b.people[user]));
await b.updatePresence({ editing: "title" });
await until("alice sees what bob does", () => a.people.bob?.[b.connectionId]?.editing === "title");
const signal = new Promise(resolve => b.on("signal", resolve));
await a.sendSignal("cursor", { x: 1.5 });
check("the signal came", (await signal).data.x === 1.5);

// Undo.
a.patch({ title: "Other" });
await a.undo();
check("the title is back", a.data.title === "Plans");

// Both change all the time while alice is cut again and again.
const calls = [];
for (let round = 1; round <= 300; round++) {
  calls.push(a.patch({ count: { alice: round }, notes: { [`a${round}`]: round / 8 } }));
  calls.push(b.patch({ count: { bob: round }, notes: { [`b${round}`]: round } }));
  if (round % 10 === 0) calls.push(a.sendEvent("tick", { round }));
  if (round % 40 === 0) gate.cut();
  if (round % 100 === 0) {
    gate.cut({ shut: true });
    setTimeout(() => gate.open(), 300);
  }
  await new Promise(resolve => setTimeout(resolve, 5));
}
const acks = await Promise.all(calls);
check("every change was made, or had been", acks.every(ack => ack.count === 1 || ack.duplicate));
await until("both are synchronized", () => [a, b].every(session => session.syncStatus === "synchronized") && a.position.sequence === b.position.sequence);
check("both have the same", JSON.stringify(sorted(a.data)) === JSON.stringify(sorted(b.data)));
check("it is what the server has", JSON.stringify(sorted((await bob.getSessionData({ applicationId, sessionId })).data)) === JSON.stringify(sorted(a.data)));
check("nothing is lost", a.data.count.alice === 300 && a.data.count.bob === 300 && Object.keys(a.data.notes).length === 600);
for (const events of heard) check("nothing is doubled or out of order", events.every((event, index) => event.sequence === events[0].sequence + index));
check("both heard the same", heard[0].map(event => event.eventId).join() === heard[1].map(event => event.eventId).join());
check("every tick was made once", heard[1].filter(event => event.eventType === "session_event_created").length === 30);

// Offline.
gate.cut({ shut: true });
await until("alice is offline", () => a.syncStatus === "disconnected");
a.patch({ offline: true });
check("it shows", a.data.offline === true && a.pendingChanges === 1);
gate.open();
await until("bob sees what alice did offline", () => b.data.offline === true);

// No member may be called __proto__.
const odd = a.patch(JSON.parse('{"odd": {"__proto__": {"x": 1}}}'));
check("the odd member is refused", (await odd.catch(error => error)).code === "invalid_argument" && a.data.odd === undefined);

// A refusal is told, and the change taken back.
await bob.closeSession({ applicationId, sessionId });
await until("it is closed", () => a.info.status === "closed");
const refused = new Promise(resolve => a.on("refused", resolve));
a.patch({ title: "Too late" });
check("the code is right", (await refused).error.code === "session_closed");
check("it is taken back", a.data.title === "Plans");

check("an unknown session is an error", (await alice.joinSession({ applicationId, sessionId: "nowhere" }).catch(error => error)).code === "session_not_found");
await Promise.all([alice.close(), bob.close()]);
gate.close();
console.log("passed");

function sorted(value) {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1)).map(([name, member]) => [name, sorted(member)]);
}
