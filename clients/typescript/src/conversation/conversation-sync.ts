import type { ConnectionEvents } from "../connection/connection.js";
import { freezeJson } from "../lib/json.js";
import type { ConversationLeft, ConversationReset, JoinedConversation } from "../protocol/conversation-answers.js";
import { conversationEventCallbacks, type ConversationEvent } from "../protocol/conversation-event.js";
import type { ConversationRequest } from "../protocol/conversation-requests.js";
import type { ResumePosition } from "../protocol/objects.js";
import type { ConversationTypes } from "../replica/conversation/conversation-log.js";
import { ConversationReplica, type ConversationView } from "../replica/conversation/conversation-replica.js";
import type { SyncContext } from "../sync/options.js";
import { Sync } from "../sync/sync.js";
import { newWriterId } from "../sync/writer-id.js";
import type { ConversationEvents } from "./events.js";

const eventNames: ReadonlySet<string> = new Set(Object.values(conversationEventCallbacks));

/** Keeps a conversation's replica. */
export class ConversationSync extends Sync<ConversationTypes, ConversationReplica, ConversationEvents> {
  readonly #conversationId: number;
  #loading: Promise<void> | undefined;

  constructor(conversationId: number, context: SyncContext) {
    super(new ConversationReplica({ ...context, drawWriterId: newWriterId }), context);
    this.#conversationId = conversationId;
    this.start();
  }

  /** Which conversation. */
  get ids(): ConversationRequest {
    return { conversationId: this.#conversationId };
  }

  /** Puts earlier comments in front, one page at a time: a call while one is under way is that one. */
  loadEarlier(limit: number | undefined): Promise<void> {
    return (this.#loading ??= this.#load(limit).finally(() => (this.#loading = undefined)));
  }

  protected callJoin(since: ResumePosition | undefined): Promise<JoinedConversation> {
    return this.connection.invoke("JoinConversation", { ...this.ids, ...(since && { since }) });
  }

  protected callLeave(): Promise<unknown> {
    return this.connection.invoke("LeaveConversation", this.ids);
  }

  protected hear({ name, payload }: ConnectionEvents["callback"]): void {
    const { conversationId, feed } = payload as Partial<ConversationEvent>;
    // What is of the feed of a space is told to a member besides.
    if (conversationId !== this.#conversationId || feed) return;
    freezeJson(payload);
    if (eventNames.has(name)) this.step(() => this.replica.event(payload as ConversationEvent));
    else if (name === "ConversationReset") this.step(() => this.replica.reset(payload as ConversationReset));
    else this.step(() => this.replica.putOut((payload as ConversationLeft).reason));
  }

  protected onEvent(event: ConversationEvent): void {
    if (event.eventType === "comment_created") this.events.emit("comment", event);
  }

  protected look(): ConversationView | undefined {
    return this.replica.view;
  }

  async #load(limit: number | undefined): Promise<void> {
    const { comments: [first], hasEarlier } = this.replica.confirmed!;
    if (!hasEarlier) return;
    const page = await this.connection.invoke("ListComments", { ...this.ids, ...(first && { before: first.sequence }), ...(limit !== undefined && { limit }) });
    if (this.isHeld) this.step(() => this.replica.addEarlier(freezeJson(page), first));
  }
}
