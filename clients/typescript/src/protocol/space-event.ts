import type { CommentCreated, ConversationCreated, ConversationEventBase, ConversationUpdated } from "./conversation-event.js";
import type { Position } from "./objects.js";

/** The conversation was deleted. */
export interface ConversationDeleted extends ConversationEventBase<"conversation_deleted"> {}

/** A conversation is one no longer that the caller sees. */
export interface ConversationUnseen {
  /** Given by this client, so that `eventType` tells this from the others: the server calls `ConversationLeft`. */
  readonly eventType: "conversation_left";
  readonly conversationId: number;
  /** `access_revoked`. */
  readonly reason: string;
}

/** What happened in a conversation, as watchers of its space are told it; `eventType` tells what. Of one that the caller comes to see, it has the whole. */
export type SpaceEvent = (ConversationCreated | ConversationUpdated | CommentCreated | ConversationDeleted | ConversationUnseen) & {
  /** Its position in the feed. Sequences grow; where they have holes, something was not for this watcher. */
  readonly feed: Position;
};

/** The callbacks that come in the feed of a space, by their event types. */
export const spaceEventCallbacks = {
  conversation_created: "ConversationCreated",
  conversation_updated: "ConversationUpdated",
  comment_created: "CommentCreated",
  conversation_deleted: "ConversationDeleted",
  conversation_left: "ConversationLeft",
} as const satisfies Record<SpaceEvent["eventType"], string>;

/** The callbacks `SpaceFeedReset` and `SpaceFeedPosition`. */
export interface SpaceFeedMoved {
  readonly spaceId: number;
  readonly position: Position;
}

/** The callback `SpaceFeedLeft`: the connection no longer watches. */
export interface SpaceFeedLeft {
  readonly spaceId: number;
  /** `access_revoked`, `deleted` or `too_slow`. */
  readonly reason: string;
}
