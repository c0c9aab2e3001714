import type { Conversation, PlacedComment } from "./conversation.js";
import type { Position } from "./objects.js";

/** The answer to a join. */
export interface JoinedConversation {
  readonly conversation: Conversation;
  /** Where the stream begins. */
  readonly position: Position;
  /** Whether the events after the position asked for follow; else a reset does. */
  readonly recovered: boolean;
  /** The caller's number. */
  readonly userId: number;
}

/** The callback `ConversationReset`: it replaces whatever a client holds. */
export interface ConversationReset {
  readonly conversationId: number;
  readonly conversation: Conversation;
  /** The latest comments, oldest first, 100 at most. */
  readonly comments: readonly PlacedComment[];
  /** Whether there are comments before them. */
  readonly hasEarlier: boolean;
  readonly position: Position;
}

/** The callback `ConversationLeft`: the connection is out of the conversation. */
export interface ConversationLeft {
  readonly conversationId: number;
  /** `access_revoked`, `deleted` or `too_slow`. */
  readonly reason: string;
  /** To a watcher of a space: the position in the space's feed. To a member of the conversation: absent. */
  readonly feed?: Position;
}

/** What commenting has done. */
export interface CommentAck {
  /** Of the comment; of a duplicate, of the writer's last comment. */
  readonly position: Position;
  /** 1; 0 for a duplicate. */
  readonly count: number;
  /** The comment; of a duplicate, the writer's last one. */
  readonly commentId: number;
  /** The id of its event. Absent where that was not seen: a reset has shown that it is stored. */
  readonly eventId?: string;
  /** When it was made, by the server's clock: ISO 8601 in UTC. */
  readonly createdAt: string;
  /** Whether the comment had been made before. */
  readonly duplicate: boolean;
}

/** Comments, newest first. */
export interface CommentPage {
  readonly comments: readonly PlacedComment[];
  /** Whether there are comments before the last of them. */
  readonly hasEarlier: boolean;
}
