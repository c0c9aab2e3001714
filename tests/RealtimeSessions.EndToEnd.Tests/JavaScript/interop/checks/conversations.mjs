// Conversations as their members have them: joining, commenting, coming back, and the end.
import { like, same, Guid, Time } from "../matching.mjs";
import { comment, conversation, conversationEvent, position } from "../shapes.mjs";

/** Alice and Bob, in a conversation of hers. */
async function joined(stage, creation = {}) {
  const [aliceId, bobId] = await stage.numbers("alice", "bob");
  const conversationId = await stage.conversation({ participants: [{ user_id: bobId }], ...creation });
  const members = [await stage.connect("alice"), await stage.connect("bob")];
  for (const member of members) {
    await member.call("JoinConversation", { conversationId });
    await member.next("ConversationReset");
  }
  return { members, conversationId, aliceId, bobId };
}

function commentAck(sequence, more = {}) {
  return { position: position(sequence), count: 1, eventId: Guid, createdAt: Time, duplicate: false, ...more };
}

export default {
  async "a first join is answered and told the state"(stage) {
    const [aliceId, bobId] = await stage.numbers("alice", "bob"), bob = await stage.connect("bob");
    const creation = { participants: [{ user_id: bobId, role: 1 }], external_objects: [{ id: "7", name: "Seven", url: "https://example.com/7" }] };
    const conversationId = await stage.conversation({ details: "Of the #roof", initial_comment: `@user:${bobId} #go`, ...creation });
    const shape = conversation(conversationId, aliceId, {
      details: "Of the #roof", participants: [{ userId: bobId, role: 1 }], tags: ["roof", "go"], externalObjects: creation.external_objects,
    });
    const answer = await bob.call("JoinConversation", { conversationId });
    like(answer, { conversation: shape, position: position(answer.position.sequence), recovered: false, userId: bobId });
    const reset = await bob.next("ConversationReset"), [{ sequence, comment: first }] = reset.comments;
    const mentions = [{ userId: bobId }];
    const comments = [{ sequence, comment: comment(conversationId, first, aliceId, `@user:${bobId} #go`, { mentions }) }];
    like(reset, { conversationId, conversation: shape, comments, hasEarlier: false, position: answer.position });
    const page = await bob.call("ListComments", { conversationId });
    same(page, { comments: reset.comments, hasEarlier: false });
  },

  async "a comment is answered, and comes to everybody, its maker too"(stage) {
    const { members: [alice, bob], conversationId, bobId } = await joined(stage);
    const timestamp = "2026-01-02T03:04:05.678Z", numbered = { writerId: "writer", writerSequence: 1 };
    const request = { conversationId, content: `@user:${bobId} 👩‍👩‍👧 שלום \u0000`, priority: 1, timestamp, ...numbered };
    const answer = await bob.call("CreateComment", request);
    like(answer, commentAck(2, { commentId: answer.commentId }));
    const made = comment(conversationId, answer, bobId, request.content, { priority: 1, mentions: [{ userId: bobId }] });
    const event = { ...conversationEvent(conversationId, "comment_created", 2, bobId, { comment: made }), source: "hub", eventId: answer.eventId, timestamp, ...numbered };
    for (const member of [alice, bob]) like(await member.next("CommentCreated"), event);

    like(await bob.call("CreateComment", request), commentAck(2, { commentId: answer.commentId, count: 0, duplicate: true, eventId: answer.eventId }));
    same(alice.takeAll(), []);
    const { comments } = await alice.call("ListComments", { conversationId });
    like(comments, [{ sequence: 2, comment: made, ...numbered }]);
    await bob.call("JoinConversation", { conversationId });
    same((await bob.next("ConversationReset")).comments, comments);
  },

  async "members who comment at once have the same order"(stage) {
    const { members, conversationId } = await joined(stage), calls = [], last = 41;
    for (let n = 0; n < 20; n++) for (const member of members) calls.push(member.call("CreateComment", { conversationId, content: `${member.user} ${n}` }));
    const answers = await Promise.all(calls);
    const { comments } = await members[0].call("ListComments", { conversationId });
    const ids = comments.reverse().map(placed => placed.comment.commentId);
    for (const member of members) {
      const end = await member.next("CommentCreated", event => event.sequence === last);
      const told = [...member.takeAll().map(one => one.argument), end];
      same(told.map(event => event.sequence), comments.map(placed => placed.sequence), `the order in which ${member} is told`);
      same(told.map(event => event.comment.commentId), ids);
      const own = told.map(event => event.comment.content).filter(content => content.startsWith(member.user));
      same(own, own.map((_, n) => `${member.user} ${n}`), "each maker's order");
    }
    same(answers.map(answer => answer.commentId).sort(), [...ids].sort());
  },

  async "a member who comes back where he was misses nothing"(stage) {
    const { members: [alice, bob], conversationId } = await joined(stage);
    const first = await alice.call("CreateComment", { conversationId, content: "first" });
    await bob.next("CommentCreated");
    await bob.hub.stop();
    await alice.call("CreateComment", { conversationId, content: "second" });
    await stage.change(conversationId, { name: "Renamed" });
    const again = await stage.connect("bob");
    const { recovered, position } = await again.call("JoinConversation", { conversationId, since: { ...first.position, eventId: first.eventId } });
    same([recovered, position], [true, first.position]);
    same((await again.next("CommentCreated")).comment.content, "second");
    same((await again.next("ConversationUpdated")).conversation.name, "Renamed");
    same(again.takeAll(), []);
  },

  async "a join from the beginning is told everything since"(stage) {
    const [aliceId] = await stage.numbers("alice"), alice = await stage.connect("alice");
    const conversationId = await stage.conversation(), { comments: [{ id }] } = await stage.comment("alice", conversationId, "over REST");
    const { position } = await alice.call("JoinConversation", { conversationId });
    const again = await stage.connect("alice");
    await again.call("JoinConversation", { conversationId, since: { ...position, sequence: 0 } });
    like(await again.next("ConversationCreated"), conversationEvent(conversationId, "conversation_created", 1, aliceId, { conversation: conversation(conversationId, aliceId) }));
    like(await again.next("CommentCreated"), conversationEvent(conversationId, "comment_created", 2, aliceId, {
      comment: comment(conversationId, { commentId: id }, aliceId, "over REST"),
    }));
  },

  async "a position of another history is answered by the state"(stage) {
    const { members: [alice], conversationId } = await joined(stage);
    const { recovered } = await alice.call("JoinConversation", { conversationId, since: { epoch: "other", sequence: 1 } });
    same(recovered, false);
    same((await alice.next("ConversationReset")).position.sequence, 1);
  },

  async "comments are read back page by page"(stage) {
    const { members: [alice], conversationId } = await joined(stage), contents = Array.from({ length: 25 }, (_, n) => `${n}`);
    await stage.comment("alice", conversationId, ...contents);
    const read = [];
    let before;
    for (let hasEarlier = true; hasEarlier;) {
      const page = await alice.call("ListComments", { conversationId, before, limit: 10 });
      read.push(...page.comments);
      before = page.comments.at(-1).sequence;
      hasEarlier = page.hasEarlier;
    }
    same(read.map(placed => placed.comment.content).reverse(), contents);
  },

  async "a change is told whole, and takes what comments have brought along"(stage) {
    const { members: [alice, bob], conversationId, aliceId, bobId } = await joined(stage);
    await alice.call("CreateComment", { conversationId, content: "#soon" });
    await bob.next("CommentCreated");
    await stage.change(conversationId, { name: "Renamed", participants: [{ user_id: bobId, role: 3 }] });
    const shape = conversation(conversationId, aliceId, { name: "Renamed", participants: [{ userId: bobId, role: 3 }], tags: ["soon"] });
    like(await bob.next("ConversationUpdated"), conversationEvent(conversationId, "conversation_updated", 3, aliceId, { conversation: shape }));
    await bob.refused("forbidden", undefined, "CreateComment", { conversationId, content: "no more" });
  },

  async "who is removed is out, and so is everybody when it is deleted"(stage) {
    const { members: [alice, bob], conversationId } = await joined(stage);
    await stage.change(conversationId, { participants: [] });
    like(await bob.next("ConversationLeft"), { conversationId, reason: "access_revoked" });
    await alice.call("CreateComment", { conversationId, content: "alone" });
    await alice.next("CommentCreated");
    same(bob.takeAll(), []);
    await bob.refused("conversation_not_found", undefined, "JoinConversation", { conversationId });
    await stage.rest("alice", "DELETE", `conversations/${conversationId}`);
    like(await alice.next("ConversationLeft"), { conversationId, reason: "deleted" });
  },

  async "who has left hears nothing more, until he joins again"(stage) {
    const { members: [alice, bob], conversationId } = await joined(stage);
    like(await bob.call("LeaveConversation", { conversationId }), {});
    await alice.call("CreateComment", { conversationId, content: "unheard" });
    await bob.call("JoinConversation", { conversationId });
    same((await bob.next("ConversationReset")).comments.map(placed => placed.comment.content), ["unheard"]);
    same(bob.takeAll(), []);
  },

  async "what is not there, or not to be done, is refused"(stage) {
    const { members: [alice], conversationId } = await joined(stage), nowhere = { conversationId: 999_999_999 };
    for (const [method, more] of [["JoinConversation"], ["ListComments"], ["CreateComment", { content: "a" }]])
      await alice.refused("conversation_not_found", undefined, method, { ...nowhere, ...more });
    like(await alice.call("LeaveConversation", nowhere), {});
    await alice.refused("mention_not_found", undefined, "CreateComment", { conversationId, content: "@user:999999999" });
    await alice.refused("writer_gap", { expected: 1 }, "CreateComment", { conversationId, content: "third", writerId: "writer", writerSequence: 3 });
    await alice.refused("invalid_argument", { path: "$.content" }, "CreateComment", { conversationId, content: "" });
    await alice.refused("space_not_found", undefined, "WatchSpace", { spaceId: 999_999_999 });
  },

  async "members that are undefined count as absent"(stage) {
    const { members: [alice], conversationId } = await joined(stage), since = undefined;
    await alice.call("CreateComment", { conversationId, content: "a", priority: undefined, timestamp: undefined, writerId: undefined, writerSequence: undefined });
    await alice.call("ListComments", { conversationId, before: undefined, limit: undefined });
    await alice.call("JoinConversation", { conversationId, since });
    await alice.call("WatchSpace", { spaceId: await stage.space(), since });
  },
};
