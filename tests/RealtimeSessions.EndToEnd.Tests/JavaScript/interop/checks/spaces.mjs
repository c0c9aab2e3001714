// Watching a space.
import { like, same } from "../matching.mjs";
import { comment, conversation, conversationEvent, position } from "../shapes.mjs";

/** Bob, who watches a space of Alice's. */
async function watching(stage) {
  const [aliceId, bobId] = await stage.numbers("alice", "bob"), spaceId = await stage.space(bobId);
  const bob = await stage.connect("bob"), answer = await bob.call("WatchSpace", { spaceId });
  like(answer, { position: position(answer.position.sequence), recovered: false });
  like(await bob.next("SpaceFeedReset"), { spaceId, position: answer.position });
  return { bob, spaceId, answer, aliceId, bobId };
}

export default {
  // First, since it takes as long as a feed may be silent.
  async "a watcher whom nothing concerns is told how far the feed is"(stage) {
    const { bob, spaceId } = await watching(stage);
    await stage.conversation({ space_id: spaceId });
    const told = await bob.next("SpaceFeedPosition");
    like(told, { spaceId, position: position(told.position.sequence) });
    same(bob.takeAll(), []);
    const { recovered } = await bob.call("WatchSpace", { spaceId, since: told.position });
    same(recovered, true);
  },

  async "a conversation is told from its beginning to its end, with its comments"(stage) {
    const { bob, spaceId, answer, aliceId, bobId } = await watching(stage), more = { spaceId, stakeholder: 2 };
    const conversationId = await stage.conversation({ space_id: spaceId, stakeholder: 2 });
    const feed = { epoch: answer.position.epoch };
    const next = async (name, eventType, sequence, userId, carries) => {
      const event = await bob.next(name);
      if (!(event.feed.sequence > (feed.sequence ?? answer.position.sequence))) throw new Error(`${name} has the place ${event.feed.sequence} in the feed.`);
      feed.sequence = event.feed.sequence;
      like(event, conversationEvent(conversationId, eventType, sequence, userId, { ...carries, spaceId, feed }));
    };
    await next("ConversationCreated", "conversation_created", 1, aliceId, { conversation: conversation(conversationId, aliceId, more) });
    const { comments: [{ id }] } = await stage.comment("bob", conversationId, "a #tag");
    await next("CommentCreated", "comment_created", 2, bobId, { comment: comment(conversationId, { commentId: id }, bobId, "a #tag") });
    await stage.change(conversationId, { name: "Renamed" });
    await next("ConversationUpdated", "conversation_updated", 3, aliceId, { conversation: conversation(conversationId, aliceId, { ...more, name: "Renamed", tags: ["tag"] }) });
    await stage.rest("alice", "DELETE", `conversations/${conversationId}`);
    await next("ConversationDeleted", "conversation_deleted", 4, aliceId, {});
    same(bob.takeAll(), []);
  },

  async "a conversation that a watcher comes to see is told whole, and one that he ceases to see is left"(stage) {
    const { bob, spaceId, aliceId, bobId } = await watching(stage);
    const conversationId = await stage.conversation({ space_id: spaceId });
    await stage.change(conversationId, { participants: [{ user_id: bobId }] });
    const updated = await bob.next("ConversationUpdated");
    const shape = conversation(conversationId, aliceId, { spaceId, participants: [{ userId: bobId }] });
    like(updated, conversationEvent(conversationId, "conversation_updated", 2, aliceId, { conversation: shape, spaceId, feed: position(updated.feed.sequence) }));
    await stage.change(conversationId, { participants: [] });
    const left = await bob.next("ConversationLeft");
    like(left, { conversationId, reason: "access_revoked", feed: position(left.feed.sequence) });
    same(bob.takeAll(), []);
  },

  async "a watcher who comes back where he was misses nothing"(stage) {
    const { bob, spaceId, answer } = await watching(stage);
    await bob.hub.stop();
    const conversationId = await stage.conversation({ space_id: spaceId, stakeholder: 2 });
    const again = await stage.connect("bob");
    const { recovered } = await again.call("WatchSpace", { spaceId, since: answer.position });
    same(recovered, true);
    same((await again.next("ConversationCreated")).conversationId, conversationId);
    same(again.takeAll(), []);
  },

  async "a member who watches is told twice, and can tell which is which"(stage) {
    const { bob, spaceId } = await watching(stage);
    const conversationId = await stage.conversation({ space_id: spaceId, stakeholder: 2 });
    await bob.next("ConversationCreated");
    await bob.call("JoinConversation", { conversationId });
    await bob.next("ConversationReset");
    await bob.call("CreateComment", { conversationId, content: "a" });
    const own = await bob.next("CommentCreated", event => !event.feed), { feed, spaceId: space, ...other } = await bob.next("CommentCreated", event => event.feed);
    same([other, space], [own, spaceId]);
    await stage.rest("alice", "DELETE", `conversations/${conversationId}`);
    like(await bob.next("ConversationLeft"), { conversationId, reason: "deleted" });
    await bob.next("ConversationDeleted");
  },

  async "a membership of a group that shows a conversation begins the feed anew"(stage) {
    const { bob, spaceId, bobId } = await watching(stage);
    const [{ id }] = (await stage.rest("alice", "POST", "groups", { groups: [{ name: "A group", space_id: spaceId }] })).groups;
    await stage.conversation({ space_id: spaceId, groups: [{ group_id: id }] });
    await stage.rest("alice", "PUT", `groups/${id}`, { groups: [{ user_ids: [bobId] }] });
    const told = await bob.next("SpaceFeedReset");
    like(told, { spaceId, position: position(told.position.sequence) });
  },

  async "who unwatches hears nothing more"(stage) {
    const { bob, spaceId } = await watching(stage);
    like(await bob.call("UnwatchSpace", { spaceId }), {});
    const conversationId = await stage.conversation({ space_id: spaceId, stakeholder: 2 });
    await bob.call("JoinConversation", { conversationId });
    await bob.next("ConversationReset");
    same(bob.takeAll(), []);
  },

  async "who is removed watches no longer, and nobody does when the space is deleted"(stage) {
    const { bob, spaceId, bobId } = await watching(stage), alice = await stage.connect("alice");
    await alice.call("WatchSpace", { spaceId });
    await alice.next("SpaceFeedReset");
    await stage.rest("alice", "DELETE", `spaces/${spaceId}/participants/${bobId}`);
    like(await bob.next("SpaceFeedLeft"), { spaceId, reason: "access_revoked" });
    await bob.refused("space_not_found", undefined, "WatchSpace", { spaceId });
    await stage.rest("alice", "DELETE", `spaces/${spaceId}`);
    like(await alice.next("SpaceFeedLeft"), { spaceId, reason: "deleted" });
  },
};
