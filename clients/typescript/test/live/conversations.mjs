// Two clients in one conversation, over connections that are cut: in the end both show the same, nothing is lost and nothing doubled.
import { check, clientOf, rest, until, url } from "./support.mjs";
import { openGate } from "./gate.mjs";

const gate = await openGate(url);
const alice = clientOf("alice", { url: gate.url });
const bob = clientOf("bob");
const [{ id: bobId }] = (await rest("bob", "GET", "userinfo")).users;
const participants = [{ user_id: bobId }];
const [{ id: spaceId }] = (await rest("alice", "POST", "spaces", { spaces: [{ name: "Live", participants }] })).spaces;
const conversation = { name: "Live", space_id: spaceId, participants };
const [{ id: conversationId }] = (await rest("alice", "POST", "conversations", { conversations: [conversation] })).conversations;
const early = Array.from({ length: 230 }, (_, index) => `early ${index}`);
for (let at = 0; at < early.length; at += 100) {
  await rest("alice", "POST", "comments", { comments: early.slice(at, at + 100).map(content => ({ content, resource_id: conversationId })) });
}

const [a, b] = await Promise.all([alice, bob].map(client => client.joinConversation({ conversationId })));
check("the callers are known", b.userId === bobId && a.userId === a.info.creatorId);
check("the conversation is there", a.info.name === "Live" && a.info.participants[0].userId === bobId);

// Earlier comments, page by page.
check("the latest comments are there", contents(a).join() === early.slice(130).join() && a.hasEarlier);
await a.loadEarlier(30);
check("a page is in front", contents(a).join() === early.slice(100).join() && a.hasEarlier);
await a.loadEarlier();
check("all of them are there", contents(a).join() === early.join() && !a.hasEarlier);
while (b.hasEarlier) await b.loadEarlier();

// What both hear is one order without holes; no list shows a comment twice.
const heard = [[], []];
const doubled = [];
[a, b].forEach((live, index) => {
  live.on("comment", event => heard[index].push(event));
  live.on("change", ({ comments }) => new Set(comments.map(each => each.comment.content)).size < comments.length && doubled.push(index));
});

// Own comments show at once; others see them.
const acknowledged = a.sendComment(`@user:${bobId} hello #all`, { priority: 1 });
check("an own comment shows at once", a.comments.at(-1).pending && a.syncStatus === "synchronizing");
const { commentId, count } = await acknowledged;
check("it is acknowledged", count === 1);
await until("bob sees it", () => b.comments.at(-1).comment.commentId === commentId);
check("it has what the server adds", b.comments.at(-1).comment.mentions[0].userId === bobId && b.comments.at(-1).comment.priority === 1);

// Both comment all the time while alice is cut again and again.
const calls = [];
for (let round = 0; round < 150; round++) {
  calls.push(a.sendComment(`a${round}`), b.sendComment(`b${round}`));
  if (round % 30 === 10) gate.cut();
  if (round % 60 === 50) {
    gate.cut({ shut: true });
    setTimeout(() => gate.open(), 300);
  }
  await new Promise(resolve => setTimeout(resolve, 5));
}
const acks = await Promise.all(calls);
check("every comment was made, or had been", acks.every(ack => ack.count === 1 || ack.duplicate));
await until("both are synchronized", () => [a, b].every(live => live.syncStatus === "synchronized") && a.position.sequence === b.position.sequence);
check("both show the same", JSON.stringify(a.comments) === JSON.stringify(b.comments));
const page = await bob.listComments({ conversationId, limit: 1_000 });
check("it is what the server has", ids(page.comments).reverse().join() === ids(b.comments).join() && !page.hasEarlier);
for (const who of ["a", "b"]) {
  const own = contents(b).filter(content => new RegExp(`^${who}\\d`).test(content));
  check("nothing is lost, doubled or out of order", own.join() === Array.from({ length: 150 }, (_, round) => who + round).join());
}
for (const events of heard) check("every comment is told once and in order", events.length === 301 && events.every((event, index) => event.sequence === events[0].sequence + index));
check("no comment was ever shown twice", doubled.length === 0);

// Offline.
gate.cut({ shut: true });
await until("alice is offline", () => a.syncStatus === "disconnected");
void a.sendComment("offline");
check("it shows", a.comments.at(-1).pending && a.pendingComments === 1);
gate.open();
await until("bob sees what alice did offline", () => b.comments.at(-1).comment.content === "offline");

// A refusal is told, and the comment taken back.
const refused = new Promise(resolve => a.on("refused", resolve));
const failed = a.sendComment("@user:999999999");
check("the code is right", (await refused).error.code === "mention_not_found" && (await failed.catch(error => error.code)) === "mention_not_found");
check("it is taken back", a.comments.at(-1).comment.content === "offline");

// A change of the conversation, which brings the hashtags of comments, and the end of it.
await rest("alice", "PUT", `conversations/${conversationId}`, { conversations: [{ name: "Renamed" }] });
await until("bob sees the name", () => b.info.name === "Renamed" && b.info.tags.includes("all"));
const left = new Promise(resolve => b.on("left", resolve));
await rest("alice", "PUT", `conversations/${conversationId}`, { conversations: [{ participants: [] }] });
check("who is removed is out", (await left) === "access_revoked" && b.syncStatus === "disconnected");
check("he is in no longer", (await bob.joinConversation({ conversationId }).catch(error => error)).code === "conversation_not_found");
await Promise.all([alice.close(), bob.close()]);
gate.close();
console.log("passed");

function contents({ comments }) {
  return comments.map(({ comment }) => comment.content);
}

function ids(comments) {
  return comments.map(({ sequence, comment }) => `${sequence}:${comment.commentId}`);
}
