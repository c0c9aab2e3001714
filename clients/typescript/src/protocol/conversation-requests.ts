import type { CommentPriority } from "./conversation.js";
import type { ResumePosition } from "./objects.js";

/** Which conversation. */
export interface ConversationRequest {
  readonly conversationId: number;
}

/** Which space. */
export interface SpaceRequest {
  readonly spaceId: number;
}

/** What `JoinConversation` takes. */
export interface ConversationJoin extends ConversationRequest {
  /** Where the client was. Default: nowhere, and it gets the state. */
  readonly since?: ResumePosition;
}

/** A comment to be made. */
export interface CreateCommentRequest extends ConversationRequest {
  /** 1 to 10,000 characters. `@user:14`, `@user:bob@example.com` and `@group:11` mention participants. */
  readonly content: string;
  /** Default: normal. */
  readonly priority?: CommentPriority;
  /** When it was made, by the client's clock: ISO 8601 in UTC. Default: the server's clock. */
  readonly timestamp?: string;
  /** The writer, to retry exactly once: `[A-Za-z0-9_-]{1,64}`. Default: none. */
  readonly writerId?: string;
  /** The writer's number of this comment, consecutive from 1. */
  readonly writerSequence?: number;
}

/** Which comments. */
export interface ListCommentsRequest extends ConversationRequest {
  /** Only those before the one at this sequence of the conversation. Default: from the newest on. */
  readonly before?: number;
  /** How many at most: 1 to 1,000, default 100. */
  readonly limit?: number;
}
