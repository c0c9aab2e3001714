import type { JsonObject } from "../../lib/json.js";
import type { SessionEvent } from "../../protocol/session-event.js";
import { makeChange, type Change } from "../change.js";
import { Replica, type ReplicaContext } from "../replica.js";
import { partsOf, patchOf, readEvent, readPatch, type ChangeContent } from "./content.js";
import { firstOf, SessionLog, type SessionTypes } from "./session-log.js";
import { UndoSteps } from "./undo.js";
import { View } from "./view.js";

/** A session as one client has it: its data with the own patches on top, and what of these can be undone. */
export class SessionReplica extends Replica<SessionTypes> {
  readonly #undo: UndoSteps;
  readonly #view: View;

  constructor(context: ReplicaContext) {
    super(new SessionLog(), context);
    this.#undo = new UndoSteps(context.options.maximumUndoSteps);
    this.#view = new View(this.order, this.changes, this.#undo);
  }

  /** What the application sees. */
  get view(): JsonObject {
    return this.#view.data;
  }

  get canUndo(): boolean {
    // The leaves of what is not confirmed are read along with the view.
    void this.#view.data;
    return this.#undo.hasLeaves;
  }

  /**
   * The application patches the data.
   * @throws {RealtimeError} if that fails at once; nothing has changed then.
   */
  patch(data: unknown, madeAt: string): Change<ChangeContent> {
    return this.#make(() => readPatch(data, this.context.options), madeAt, true);
  }

  /**
   * The application makes an event.
   * @throws {RealtimeError} if that fails at once; nothing has changed then.
   */
  createEvent(name: unknown, data: unknown, madeAt: string): Change<ChangeContent> {
    return this.#make(() => readEvent(name, data, this.context.options), madeAt, false);
  }

  /**
   * The application undoes.
   * @returns `undefined` if there is nothing to be undone.
   * @throws {RealtimeError} if that fails at once; nothing has changed then.
   */
  undo(madeAt: string): Change<ChangeContent> | undefined {
    const patch = this.isLeft ? undefined : this.#undo.peek(this.#view.data);
    if (!patch) return undefined;
    const change = this.#make(() => readPatch(patch, this.context.options), madeAt, false);
    this.#undo.pop();
    return change;
  }

  protected onReset(): void {
    this.#undo.clear();
    this.#view.rebase();
  }

  protected onEvent(event: SessionEvent, own: Change<ChangeContent> | undefined): void {
    const { data } = this.order.state!;
    if (own && !isRun(event)) this.#undo.confirm(own, data, patchOf(own));
    else if (event.eventType === "session_data_updated") {
      this.#undo.forget(data, event);
      this.#view.rebase();
    }
  }

  protected onConfirmed(change: Change<ChangeContent>, event: SessionEvent): void {
    if (isRun(event)) this.#undo.drop(change);
    // The lowest change becomes a part of what is beneath: nothing looks different.
    if (isRun(event) || this.changes.values().next().value !== change) this.#view.rebase();
  }

  protected onGone(change: Change<ChangeContent>): void {
    this.#undo.drop(change);
    this.#view.rebase();
  }

  #make(read: () => ChangeContent, madeAt: string, undoable: boolean): Change<ChangeContent> {
    const { options, messagePack } = this.context;
    const change = this.make(() => {
      const content = read();
      return makeChange(content, partsOf(content), madeAt, messagePack, options);
    });
    if (!this.changes.has(change)) return change;
    if (undoable) this.#undo.add(change);
    this.#view.add(change);
    return change;
  }
}

function isRun(event: SessionEvent): boolean {
  return firstOf(event) < event.sequence;
}
