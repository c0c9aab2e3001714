import type { CommentCreated } from "../protocol/conversation-event.js";
import type { CommentContent } from "../replica/conversation/content.js";
import type { ConversationView } from "../replica/conversation/conversation-replica.js";
import type { SyncEvents } from "../sync/events.js";

/** What a live conversation tells, by name. After a reset only the latest 100 comments are held. */
export interface ConversationEvents extends SyncEvents<ConversationView, CommentContent> {
  /** Each new comment in its order, own ones included. Those that a reset or `loadEarlier` brings are none. */
  comment: CommentCreated;
}
