import type { Conversation, PlacedComment } from "../../protocol/conversation.js";
import type { CommentPage, ConversationReset } from "../../protocol/conversation-answers.js";
import { makeChange, type Change } from "../change.js";
import { Replica, type ReplicaContext } from "../replica.js";
import { confirmedComment, pendingComment, type LiveComment, type PendingComment } from "./comments.js";
import { readComment, type CommentContent } from "./content.js";
import { ConversationLog, type ConversationState, type ConversationTypes } from "./conversation-log.js";

/** A conversation as it is shown. */
export interface ConversationView {
  /** The conversation as it is now. */
  readonly info: Conversation;
  /** Oldest first: those that have their place, then the own ones on their way. */
  readonly comments: readonly LiveComment[];
  /** Whether there are comments before them. */
  readonly hasEarlier: boolean;
}

/** A conversation as one client has it: its comments, with the own ones on their way behind them. */
export class ConversationReplica extends Replica<ConversationTypes> {
  readonly #pending = new WeakMap<Change<CommentContent>, PendingComment>();
  #made = 0;
  #view: ConversationView | undefined;
  #stale = true;

  constructor(context: ReplicaContext) {
    super(new ConversationLog(), context);
  }

  /** What the application sees; the same object for as long as it looks the same. `undefined` before the first reset. */
  get view(): ConversationView | undefined {
    if (this.#stale && this.confirmed) this.#view = this.#look(this.confirmed);
    return this.#view;
  }

  /**
   * The application comments.
   * @throws {RealtimeError} if that fails at once; nothing has changed then.
   */
  comment(content: unknown, priority: CommentContent["priority"], madeAt: string): Change<CommentContent> {
    const { options, messagePack } = this.context;
    const change = this.make(() => {
      const read = readComment(content, priority);
      return makeChange(read, [read.content], madeAt, messagePack, options);
    });
    const { conversationId } = this.order.state!.conversation;
    this.#pending.set(change, pendingComment(change, `pending-${++this.#made}`, conversationId, this.userId!));
    this.#stale = true;
    return change;
  }

  /**
   * Puts earlier comments in front.
   * @param before What they were asked for before: where something else stands first by now, they are dropped.
   */
  addEarlier({ comments, hasEarlier }: CommentPage, before: LiveComment | undefined): void {
    if (this.order.state?.comments[0] !== before) return;
    this.#stale = true;
    const earlier = [...comments].reverse();
    this.order.revise(state => ({ ...state, comments: Object.freeze([...earlier.map(confirmedComment), ...state.comments]), hasEarlier }));
    this.#findOwn(earlier);
  }

  /** The end: what is on its way is shown no longer. */
  override leave(reason?: string): void {
    super.leave(reason);
    this.#stale = true;
  }

  protected onReset({ comments }: ConversationReset): void {
    this.#stale = true;
    this.#findOwn(comments);
  }

  protected onEvent(): void {
    this.#stale = true;
  }

  protected onConfirmed(): void {
    this.#stale = true;
  }

  protected onGone(): void {
    this.#stale = true;
  }

  /** Own comments among those that were read, oldest first, are on their way no longer. */
  #findOwn(comments: readonly PlacedComment[]): void {
    for (const { sequence, comment, writerId, writerSequence } of comments) {
      const { commentId, creatorId, createdAt } = comment;
      const ack = { position: { ...this.position, sequence }, count: 1, commentId, createdAt, duplicate: false };
      this.found({ userId: creatorId, writerId, writerSequence }, ack);
    }
  }

  #look({ conversation: info, comments: confirmed, hasEarlier }: ConversationState): ConversationView {
    this.#stale = false;
    const comments = this.changes.size === 0 ? confirmed : Object.freeze([...confirmed, ...Array.from(this.changes, change => this.#pending.get(change)!)]);
    return Object.freeze({ info, comments, hasEarlier });
  }
}
