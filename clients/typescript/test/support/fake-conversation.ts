import type { LiveConversation } from "../../src/conversation/live-conversation.js";
import type { Comment, Conversation, PlacedComment } from "../../src/protocol/conversation.js";
import type { CommentAck } from "../../src/protocol/conversation-answers.js";
import type { CommentCreated } from "../../src/protocol/conversation-event.js";
import { settle, type FakeCall, type FakeHub } from "./fake-hub.js";

export const at = "2026-01-01T00:00:00.000Z";

/** The caller, and somebody else. */
export const [alice, bob] = [14, 15];

export const conversation: Conversation = {
  conversationId: 7, name: "Plans", details: "", creatorId: alice, participants: [{ userId: bob }], groups: [], stakeholder: 1, defaultRole: 2, tags: [], externalObjects: [],
  createdAt: at, updatedAt: at,
};

export const position = (sequence: number, epoch = "E1") => ({ epoch, sequence });

/** Somebody's comment at a place; its number is a hundred times its sequence. */
export function placed(sequence: number, content = `c${sequence}`, creatorId = bob): PlacedComment {
  const comment: Comment = { commentId: sequence * 100, conversationId: 7, creatorId, content, priority: 0, mentions: [], createdAt: at };
  return { sequence, comment };
}

export function created(sequence: number, content = `c${sequence}`, more: Partial<CommentCreated> = {}): CommentCreated {
  const { comment } = placed(sequence, content, more.userId ?? bob);
  return { eventType: "comment_created", conversationId: 7, sequence, eventId: `e${sequence}`, createdAt: at, timestamp: at, source: "hub", userId: bob, comment, ...more };
}

/** The event that a call of the caller's has become. */
export function ownOf({ request }: FakeCall, sequence: number): CommentCreated {
  const { content, writerId, writerSequence } = request as { content: string; writerId: string; writerSequence: number };
  return created(sequence, content, { userId: alice, writerId, writerSequence });
}

export function ackAt(sequence: number, more: Partial<CommentAck> = {}): CommentAck {
  return { position: position(sequence), count: 1, commentId: sequence * 100, eventId: `e${sequence}`, createdAt: at, duplicate: false, ...more };
}

export function resetTo(comments: readonly PlacedComment[], sequence: number, more: { epoch?: string; hasEarlier?: boolean } = {}) {
  const { epoch = "E1", hasEarlier = false } = more;
  return { conversationId: 7, conversation, comments: structuredClone(comments), hasEarlier, position: position(sequence, epoch) };
}

/** Answers the join. */
export async function answerJoin(hub: FakeHub, recovered: boolean, sequence: number, epoch = "E1"): Promise<FakeCall> {
  await settle();
  const join = hub.take("JoinConversation");
  join.answer({ conversation, position: position(sequence, epoch), recovered, userId: alice });
  await settle();
  return join;
}

/** Answers the join with a state. */
export async function answerWith(hub: FakeHub, ...state: Parameters<typeof resetTo>): Promise<void> {
  await answerJoin(hub, false, state[1], state[2]?.epoch);
  await hub.call("ConversationReset", resetTo(...state));
}

/** What is shown, in short: a comment on its way has brackets. */
export function shown(live: LiveConversation): string {
  return live.comments.map(({ pending, comment }) => (pending ? `(${comment.content})` : comment.content)).join(" ");
}
