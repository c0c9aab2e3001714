import type { Comment, Conversation } from "./conversation.js";
import type { Position } from "./objects.js";

/** What every event of a conversation has. */
export interface ConversationEventBase<Type extends string> {
  readonly eventType: Type;
  readonly conversationId: number;
  /** Its place in the conversation's order: from 1, without gaps. */
  readonly sequence: number;
  readonly eventId: string;
  /** When it happened, by the server's clock. ISO 8601 in UTC, as is the next. */
  readonly createdAt: string;
  /** When it happened, by the clock of the client that made it. */
  readonly timestamp: string;
  /** What it came through. */
  readonly source: "hub" | "rest" | "system";
  /** Who made it; 0 where the server itself did. */
  readonly userId: number;
  readonly writerId?: string;
  readonly writerSequence?: number;
  /** To a watcher of a space: the space, and the position in its feed. To a member of the conversation: absent. */
  readonly spaceId?: number;
  readonly feed?: Position;
}

/** The conversation was made. */
export interface ConversationCreated extends ConversationEventBase<"conversation_created"> {
  readonly conversation: Conversation;
}

/** The conversation was changed; comments, and the tags that they bring, aside. */
export interface ConversationUpdated extends ConversationEventBase<"conversation_updated"> {
  /** The whole of it as it is now. */
  readonly conversation: Conversation;
}

/** Somebody has commented. */
export interface CommentCreated extends ConversationEventBase<"comment_created"> {
  readonly comment: Comment;
}

/** Anything that happened in a conversation; `eventType` tells what. */
export type ConversationEvent = ConversationCreated | ConversationUpdated | CommentCreated;

/** The callbacks that are events of a conversation, by their event types. */
export const conversationEventCallbacks = {
  conversation_created: "ConversationCreated",
  conversation_updated: "ConversationUpdated",
  comment_created: "CommentCreated",
} as const satisfies Record<ConversationEvent["eventType"], string>;
