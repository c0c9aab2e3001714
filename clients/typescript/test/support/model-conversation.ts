import type { PlacedComment } from "../../src/protocol/conversation.js";
import type { CommentAck, ConversationReset, JoinedConversation } from "../../src/protocol/conversation-answers.js";
import type { ConversationEvent } from "../../src/protocol/conversation-event.js";
import type { Position } from "../../src/protocol/objects.js";
import type { ConversationTypes } from "../../src/replica/conversation/conversation-log.js";
import { conversation } from "./fake-conversation.js";
import { at, ModelServer } from "./model-server.js";

const userOf = (member: string) => Number(member.slice(1));

/** A server of one conversation. It sends everybody everything. */
export class ModelConversation extends ModelServer<ConversationTypes> {
  readonly echoes = true;
  protected readonly refusals = ["forbidden", "mention_not_found"] as const;
  #rest = 0;

  comments(): PlacedComment[] {
    return this.events.flatMap(event => (event.eventType === "comment_created" ? [{ sequence: event.sequence, comment: event.comment }] : []));
  }

  /** Somebody over REST. */
  comment(): void {
    this.append("rest", this.#created(99, `r${++this.#rest}`));
  }

  protected resetAt(position: Position): ConversationReset {
    return { conversationId: 7, conversation, comments: this.#placed(), hasEarlier: false, position };
  }

  protected joinedAt(member: string, position: Position, recovered: boolean): JoinedConversation {
    return { conversation, position, recovered, userId: userOf(member) };
  }

  protected contentOf(member: string, { request }: ConversationTypes["call"]): object {
    return this.#created(userOf(member), request.content);
  }

  protected ackOf(event: ConversationEvent, position: Position, duplicate: boolean): CommentAck {
    const commentId = event.eventType === "comment_created" ? event.comment.commentId : 0;
    return { position, count: duplicate ? 0 : 1, commentId, eventId: event.eventId, createdAt: event.createdAt, duplicate };
  }

  /** As in a reset: each with the number that its maker gave it. */
  #placed(): PlacedComment[] {
    return this.comments().map(placed => {
      const { writerId, writerSequence } = this.events[placed.sequence - 1]!;
      return { ...placed, ...(writerId !== undefined && { writerId, writerSequence: writerSequence! }) };
    });
  }

  #created(userId: number, content: string): object {
    const comment = { commentId: this.sequence + 1, conversationId: 7, creatorId: userId, content, priority: 0, mentions: [], createdAt: at };
    return { eventType: "comment_created", conversationId: 7, userId, comment };
  }
}
