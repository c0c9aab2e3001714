// A space's feed while its conversations change, over connections that are cut: who is cut and who is not hear the same, once and in order.
import { isDeepStrictEqual } from "node:util";
import { check, clientOf, rest, until, url } from "./support.mjs";
import { openGate } from "./gate.mjs";

const gate = await openGate(url);
const [cut, uncut] = [clientOf("alice", { url: gate.url }), clientOf("alice")];
const [aliceId, carolId] = await Promise.all(["alice", "carol"].map(async user => (await rest(user, "GET", "userinfo")).users[0].id));
const one = async (method, path, object) => Object.values(await rest("bob", method, path, object && { [path.split("/")[0]]: [object] }))[0][0];
const participants = [{ user_id: aliceId }, { user_id: carolId }];
const { id: spaceId } = await one("POST", "spaces", { name: "Watched", participants });
const create = name => one("POST", "conversations", { name, space_id: spaceId, participants });

const ids = [];
for (let index = 0; index < 4; index++) ids.push((await create(`early ${index}`)).id);
const [joinedId] = ids.splice(0, 1);
const feeds = await Promise.all([cut, uncut].map(client => client.watchSpace({ spaceId })));
const told = feeds.map(() => []);
feeds.forEach((feed, index) => feed.on("event", event => told[index].push(event)));
feeds.forEach(feed => feed.on("reset", () => check("no history is lost", false)));

// Whoever is in a conversation besides is told twice, and takes each for what it is.
const joined = await cut.joinConversation({ conversationId: joinedId });
const comment = (id, content) => one("POST", "comments", { content, resource_id: id });

for (let round = 0; round < 150; round++) {
  const id = ids[(round * 5) % ids.length];
  await [
    async () => ids.push((await create(`late ${round}`)).id),
    () => comment(id, `comment ${round}`),
    () => comment(joinedId, `joined ${round}`),
    () => one("PUT", `conversations/${id}`, { name: `name ${round}` }),
    () => one("PUT", `conversations/${id}`, { participants: participants.slice((round / 6) & 1) }),
    () => one("PUT", `conversations/${joinedId}`, { name: `name ${round}` }),
  ][round % 6]();
  if (round % 25 === 12) gate.cut();
  if (round % 60 === 40) {
    gate.cut({ shut: true });
    setTimeout(() => gate.open(), 200);
  }
}
await rest("bob", "DELETE", `conversations/${(await create("last")).id}`);
await until("both have heard of the end", () => told.every(events => events.at(-1)?.eventType === "conversation_deleted"));
check("both have heard the same", isDeepStrictEqual(told[0], told[1]));
check("it is in order", told[0].every((event, index) => index === 0 || event.feed.sequence > told[0][index - 1].feed.sequence));
const of = type => told[0].filter(({ eventType }) => eventType === type);
check("what is made is told", of("conversation_created").length === 26 && of("comment_created").length > 30);
check("what is seen no longer is told", of("conversation_left").length > 3 && of("conversation_left").every(({ reason }) => reason === "access_revoked"));
check("what is seen is told whole", of("conversation_updated").every(({ conversation }) => conversation.participants.some(({ userId }) => userId === aliceId)));

await until("the conversation has all of it", () => joined.syncStatus === "synchronized" && joined.comments.length === 25);
check("each comment is there once", joined.comments.every(({ comment: { content } }, index) => content === `joined ${index * 6 + 2}`));
check("an unknown space is an error", (await cut.watchSpace({ spaceId: 999_999_999 }).catch(error => error)).code === "space_not_found");

// Who is put out of the space watches it no longer.
const left = Promise.all(feeds.map(feed => new Promise(resolve => feed.on("left", resolve))));
await rest("bob", "DELETE", `spaces/${spaceId}/participants/${aliceId}`);
check("who is put out is left", (await left).join() === "access_revoked,access_revoked");
await Promise.all([cut.close(), uncut.close()]);
gate.close();
console.log("passed");
