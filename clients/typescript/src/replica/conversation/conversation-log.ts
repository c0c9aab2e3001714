import type { Conversation } from "../../protocol/conversation.js";
import type { CommentAck, ConversationReset, JoinedConversation } from "../../protocol/conversation-answers.js";
import type { ConversationEvent } from "../../protocol/conversation-event.js";
import type { CreateCommentRequest } from "../../protocol/conversation-requests.js";
import type { Position, ResumePosition } from "../../protocol/objects.js";
import type { Change } from "../change.js";
import type { Log } from "../log.js";
import { confirmedComment, type ConfirmedComment } from "./comments.js";
import type { CommentContent } from "./content.js";

/** The fold of a conversation's log up to a position, as far back as it was read. */
export interface ConversationState {
  readonly conversation: Conversation;
  /** Oldest first. */
  readonly comments: readonly ConfirmedComment[];
  /** Whether there are comments before them. */
  readonly hasEarlier: boolean;
  readonly position: ResumePosition;
}

/** What the log of a conversation is made of. */
export interface ConversationTypes {
  readonly event: ConversationEvent;
  readonly ack: CommentAck;
  readonly state: ConversationState;
  readonly reset: ConversationReset;
  readonly joined: JoinedConversation;
  readonly content: CommentContent;
  readonly call: { readonly method: "CreateComment"; readonly request: Omit<CreateCommentRequest, "conversationId"> };
}

/** The log of a conversation. An own event comes as any other, so no Ack stands for one. */
export class ConversationLog implements Log<ConversationTypes> {
  /** Comments that nobody has seen in this list yet: the next one may be added to it. */
  #draft: ConfirmedComment[] | undefined;

  stateOf({ conversation, comments, hasEarlier, position }: ConversationReset): ConversationState {
    return { conversation, comments: Object.freeze(comments.map(confirmedComment)), hasEarlier, position };
  }

  /** Event types that this version does not know change nothing but the position. */
  fold(state: ConversationState, event: ConversationEvent): ConversationState {
    const position = { epoch: state.position.epoch, sequence: event.sequence, eventId: event.eventId };
    switch (event.eventType) {
      case "conversation_created":
      case "conversation_updated":
        return { ...state, conversation: event.conversation, position };
      case "comment_created": {
        if (this.#draft !== state.comments) this.#draft = [...state.comments];
        this.#draft.push(confirmedComment(event));
        return { ...state, comments: this.#draft, position };
      }
      default:
        return { ...(state as ConversationState), position };
    }
  }

  publish(): void {
    Object.freeze(this.#draft);
    this.#draft = undefined;
  }

  firstOf({ sequence }: ConversationEvent): number {
    return sequence;
  }

  callOf({ content, madeAt, writer }: Change<CommentContent>): ConversationTypes["call"] {
    return { method: "CreateComment", request: { ...content, timestamp: madeAt, writerId: writer!.id, writerSequence: writer!.sequence } };
  }

  ackOf(event: ConversationEvent, position: Position): CommentAck {
    const commentId = event.eventType === "comment_created" ? event.comment.commentId : 0;
    return { position, count: 1, commentId, eventId: event.eventId, createdAt: event.createdAt, duplicate: false };
  }
}
