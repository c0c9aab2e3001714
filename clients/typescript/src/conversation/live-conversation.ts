import { quiet } from "../lib/waiting.js";
import { CommentPriority, type Conversation } from "../protocol/conversation.js";
import type { CommentAck } from "../protocol/conversation-answers.js";
import type { Position } from "../protocol/objects.js";
import type { LiveComment } from "../replica/conversation/comments.js";
import type { ConversationView } from "../replica/conversation/conversation-replica.js";
import type { SyncStatus } from "../replica/effects.js";
import type { LeaveOptions } from "../sync/options.js";
import type { ConversationSync } from "./conversation-sync.js";
import type { ConversationEvents } from "./events.js";

/** How a comment is made. */
export interface SendCommentOptions {
  /** How important it is. Default: normal. */
  readonly priority?: CommentPriority;
}

/**
 * A conversation that one has joined: its comments with the own ones that are on their way behind them, kept up to date across lost connections.
 * `RealtimeClient.joinConversation` makes it.
 *
 * Everything that it shows is frozen, and what is equal stays the same object, so that `===` tells what has changed.
 */
export class LiveConversation {
  readonly #sync: ConversationSync;
  readonly #leave: (options: LeaveOptions) => Promise<void>;

  /** @internal */
  constructor(sync: ConversationSync, leave: (options: LeaveOptions) => Promise<void>) {
    this.#sync = sync;
    this.#leave = leave;
  }

  get conversationId(): number {
    return this.#sync.ids.conversationId;
  }

  /** `info`, `comments` and `hasEarlier` together. */
  get view(): ConversationView {
    return this.#sync.replica.view!;
  }

  /** The conversation itself: name, details, participants, roles … Hashtags that new comments bring are in its `tags` from the next change of it, or reset, on. */
  get info(): Conversation {
    return this.view.info;
  }

  /** Oldest first: the comments that have their place in the conversation's order, as far back as they were loaded, then the own ones on their way (`pending`). */
  get comments(): readonly LiveComment[] {
    return this.view.comments;
  }

  /** Whether there are comments before them, for `loadEarlier`. */
  get hasEarlier(): boolean {
    return this.view.hasEarlier;
  }

  /** The event up to which everything has been applied. */
  get position(): Position {
    return this.#sync.replica.position;
  }

  /** `synchronized`: everything is known and every own comment has its place. `synchronizing`: something is on its way. `disconnected`: no connection, or left. */
  get syncStatus(): SyncStatus {
    return this.#sync.replica.status;
  }

  /** The caller's number, as in `creatorId`. */
  get userId(): number {
    return this.#sync.joined!.userId;
  }

  /** Own comments that the server has not acknowledged. */
  get pendingComments(): number {
    return this.#sync.replica.pending;
  }

  /** Tells what happens. Returns what ends that. */
  on<K extends keyof ConversationEvents>(name: K, handler: (value: ConversationEvents[K]) => void): () => void {
    return this.#sync.events.on(name, handler);
  }

  /**
   * Comments. It shows at once as pending; it is sent when there is a connection, in the order in which comments were made, and sent again until the server has answered,
   * exactly once.
   * @param content 1 to 10,000 characters. `@user:14`, `@user:bob@example.com` and `@group:11` mention participants.
   * @returns Resolves when the server has stored it; of a `duplicate`, `commentId` and `position` are those of this client's last comment. It may be ignored: `refused`
   * tells of a failure too.
   * @throws {RealtimeError} `invalid_argument` (`path`), `payload_too_large`, `queue_full`, `left` at once; `forbidden`, `conversation_not_found`, `mention_not_found`,
   * `invalid_argument` when the server refuses it: then it is taken back; `uncertain`.
   */
  sendComment(content: string, { priority = CommentPriority.Normal }: SendCommentOptions = {}): Promise<CommentAck> {
    return this.#sync.make((replica, madeAt) => replica.comment(content, priority, madeAt));
  }

  /**
   * Loads comments from before the first one held, and puts them in front. A call while another one is under way is that one; one without anything earlier does nothing.
   * @param limit How many at most: 1 to 1,000. Default 100.
   * @returns Resolves when they are there, or when a reset meanwhile has made them useless. It may be ignored.
   * @throws {RealtimeError} `connection_failed` without a connection, and the server's refusals.
   */
  loadEarlier(limit?: number): Promise<void> {
    return quiet(this.#sync.loadEarlier(limit));
  }

  /**
   * Leaves the conversation; where it was joined several times, gives one of these back. Waits for answers to own comments first; what has none by then fails with `left`
   * (never sent) or `uncertain`.
   */
  leave(options: LeaveOptions = {}): Promise<void> {
    return this.#leave(options);
  }
}
