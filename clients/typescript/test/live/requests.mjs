// What a client's own requests make in a session that it has joined: heard at once, in order and once, although only their answers tell the connection of it.
import { check, clientOf, until } from "./support.mjs";

// No gap is closed by time.
const client = clientOf("alice", { gapTimeout: 3_600_000 });
const bob = clientOf("bob");
const applicationId = "demo";
const { sessionId } = await client.createSession({ applicationId, name: "Live", participants: [{ id: "bob" }] });
const ids = { applicationId, sessionId };
const [alice, other] = await Promise.all([client.joinSession(ids), bob.joinSession(ids)]);
const heard = [[], []];
[alice, other].forEach((session, index) => session.on("event", event => heard[index].push(event)));

// One after the other.
await client.patchSession({ ...ids, patch: { name: "Plans", properties: { room: "blue" } } });
check("something is known to be missing", alice.syncStatus === "synchronizing" || alice.info.name === "Plans");
await until("the name is heard", () => alice.info.name === "Plans" && alice.info.properties.room === "blue");
await client.addSessionParticipant({ ...ids, participant: { id: "carol", role: "Viewer" } });
await until("the participant is heard", () => alice.info.participants.some(({ id, role }) => id === "carol" && role === "Viewer") && alice.syncStatus === "synchronized");
await client.addSessionParticipant({ ...ids, participant: { id: "carol", role: "Viewer" } });
check("who is there already is no change", alice.syncStatus === "synchronized");
await client.removeSessionParticipant({ ...ids, participant: { id: "carol" } });
await until("the removal is heard", () => alice.info.participants.every(({ id }) => id !== "carol"));
const { position } = await alice.patch({ a: 1 });
check("the next patch follows", position.sequence === 6 && alice.position.sequence === 6 && alice.syncStatus === "synchronized");

// All at once, among patches.
const rounds = Array.from({ length: 30 }, (_, round) => round);
await Promise.all(rounds.flatMap(round => [alice.patch({ [`k${round}`]: round }), client.patchSession({ ...ids, patch: { name: `Plans ${round}` } })]));
await until("all of it is heard", () => alice.position.sequence === 66 && alice.syncStatus === "synchronized");
check("the name is the server's", alice.info.name === (await client.getSession(ids)).name);
check("the data are whole", rounds.every(round => alice.confirmedData[`k${round}`] === round));

await client.closeSession(ids);
await until("the end is heard", () => alice.info.status === "closed");
await until("bob has heard everything", () => other.position.sequence === 67);
for (const events of heard) check("each is heard once and in order", events.length === 66 && events.every((event, index) => event.sequence === index + 2));
check("both heard the same", heard[0].map(event => event.eventId).join() === heard[1].map(event => event.eventId).join());

// Out by the own request.
const reasonOf = session => new Promise(resolve => session.on("left", resolve));
const deleted = reasonOf(alice);
await client.deleteSession(ids);
check("the deletion is told", (await deleted) === "deleted");
const { sessionId: next } = await client.createSession({ applicationId, name: "Live", participants: [{ id: "bob" }] });
const removed = reasonOf(await bob.joinSession({ applicationId, sessionId: next }));
await bob.removeSessionParticipant({ applicationId, sessionId: next, participant: { id: "bob" } });
// Told by the server, or found out by joining again, whichever comes first.
check("who removes himself is out", ["access_revoked", "session_not_found"].includes(await removed));

await Promise.all([client.close(), bob.close()]);
console.log("passed");
