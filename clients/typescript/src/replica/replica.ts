import { RealtimeError } from "../protocol/errors.js";
import type { Ack, JoinedSession, Position, SessionReset } from "../protocol/objects.js";
import type { SessionEvent } from "../protocol/session-event.js";
import type { JsonObject } from "../lib/json.js";
import { Backoff } from "./backoff.js";
import { makeChange, patchOf, readEvent, readPatch, type Change, type ChangeContent } from "./change.js";
import type { ConfirmedState } from "./confirmed.js";
import { callOf, eventOf } from "./change-wire.js";
import type { Effect, SyncStatus } from "./effects.js";
import type { ReplicaOptions } from "./options.js";
import { firstOf, Order } from "./order.js";
import { Outbox, type Dropped } from "./outbox.js";
import { UndoSteps } from "./undo.js";
import { View } from "./view.js";

/** What a replica needs to know of what stands around it. */
export interface ReplicaContext {
  readonly options: ReplicaOptions;
  /** Whether messages are MessagePack, in which short fractions are larger than in JSON. */
  readonly messagePack: boolean;
  /** Draws the id of the next writer. */
  drawWriterId(): string;
}

/**
 * A session as one client has it: confirmed state, own changes on top, and what has to be done to bring the two together (clients/REPLICA.md). A state machine without clock,
 * network or randomness: it is told what happened, and `takeEffects` says what is to be done and told.
 */
export class Replica {
  readonly #context: ReplicaContext;
  readonly #backoff = new Backoff();
  readonly #outbox: Outbox;
  readonly #undo: UndoSteps;
  readonly #view: View;
  readonly #order = new Order();
  #effects: Effect[] = [];
  #connected = false;
  #join: "none" | "asked" | "resting" | "answered" = "none";
  /** What the answered join announced that has not come. */
  #announced: Position | "reset" | undefined;
  #resetSinceJoin = false;
  #userId = "";
  #left = false;

  constructor(context: ReplicaContext) {
    this.#context = context;
    this.#outbox = new Outbox(context.options.maximumInFlight, () => context.drawWriterId(), this.#backoff);
    this.#undo = new UndoSteps(context.options.maximumUndoSteps);
    this.#view = new View(this.#order, this.#outbox.changes, this.#undo);
  }

  /** The confirmed state; `undefined` before the first reset. */
  get confirmed(): ConfirmedState | undefined {
    return this.#order.shown;
  }

  /** Up to where it is confirmed: sequence 0 of no epoch before the first reset. */
  get position(): Position {
    return this.#order.position;
  }

  /** What the application sees. */
  get view(): JsonObject {
    return this.#view.data;
  }

  /** How many changes are not acknowledged. */
  get pending(): number {
    return this.#outbox.changes.size - this.#order.acknowledged;
  }

  get canUndo(): boolean {
    // The leaves of what is not confirmed are read along with the view.
    void this.#view.data;
    return this.#undo.hasLeaves;
  }

  /** Whether something is known of beyond what is missing: where this lasts, `gapElapsed` is to be called. */
  get hasGap(): boolean {
    return !this.#left && this.#join === "answered" && this.#announced !== "reset" && this.#order.hasGap;
  }

  get status(): SyncStatus {
    if (!this.#connected || this.#left) return "disconnected";
    const behind = this.#join !== "answered" || this.#announced !== undefined || this.#order.hasGap || this.#outbox.changes.size > 0;
    return behind ? "synchronizing" : "synchronized";
  }

  /** What is to be done and told since the last call, in order. */
  takeEffects(): readonly Effect[] {
    const effects = this.#effects;
    this.#effects = [];
    return effects;
  }

  /** There is a connection. */
  connected(): void {
    if (this.#left) return;
    this.#connected = true;
    this.#askToJoin();
  }

  /** It is lost. */
  disconnected(): void {
    if (this.#left) return;
    this.#connected = false;
    this.#join = "none";
    this.#announced = undefined;
    this.#drop(this.#outbox.disconnect());
  }

  /** The join is answered. */
  joined(answer: JoinedSession): void {
    if (this.#left || this.#join !== "asked") return;
    this.#join = "answered";
    this.#backoff.reset();
    this.#userId = answer.userId ?? this.#userId;
    if (answer.recovered) for (const change of this.#order.takeFromOtherEpochs()) this.#finishUnseen(change);
    this.#announced = this.#resetSinceJoin ? undefined : answer.recovered ? answer.position : "reset";
    this.#advance();
    this.#send();
  }

  /** The join is answered by an error. */
  joinFailed(error: RealtimeError): void {
    if (this.#left || this.#join !== "asked") return;
    if (!error.retryable) return this.leave(error.code);
    this.#join = "resting";
    this.#effects.push({ kind: "wait", milliseconds: this.#backoff.next([error]) });
  }

  /** The callback `SessionReset`. */
  reset(reset: SessionReset): void {
    if (this.#left) return;
    this.#resetSinceJoin = true;
    this.#announced = undefined;
    this.#undo.clear();
    for (const change of this.#order.reset(reset)) this.#outbox.remove(change);
    this.#view.rebase();
    this.#effects.push({ kind: "reset", position: reset.position });
    this.#advance();
    this.#send();
  }

  /** A callback that is an event. */
  event(event: SessionEvent): void {
    if (this.#left) return;
    this.#order.hold(event);
    this.#advance();
    this.#send();
  }

  /** The callback `SessionLeft`. */
  sessionLeft(reason: string): void {
    // The connection of one that was too slow ends, and is made anew.
    if (reason !== "too_slow") this.leave(reason);
  }

  /** The call for a change is answered. */
  acknowledged(change: Change, ack: Ack): void {
    if (this.#left || change.state !== "inFlight" || !this.#outbox.changes.has(change)) return;
    this.#effects.push({ kind: "acknowledged", change, ack });
    this.#outbox.acknowledge(change);
    this.#order.place(change, ack);
    this.#advance();
    this.#send();
  }

  /** The call for a change is answered by an error. */
  failed(change: Change, error: RealtimeError): void {
    if (this.#left || change.state !== "inFlight" || !this.#outbox.changes.has(change)) return;
    if (this.#outbox.fail(change, error)) this.#drop([{ change, error }]);
    this.#send();
  }

  /** The time that a `wait` asked for has run out. */
  retryElapsed(): void {
    if (this.#left || !this.#connected) return;
    this.#outbox.rested();
    if (this.#join === "resting") this.#askToJoin();
    this.#send();
  }

  /** A gap has lasted too long. */
  gapElapsed(): void {
    if (!this.#left && this.#connected && this.hasGap) this.#askToJoin();
  }

  /**
   * The application patches the data.
   * @throws {RealtimeError} if that fails at once; nothing has changed then.
   */
  patch(data: unknown, madeAt: string): Change {
    return this.#make(() => readPatch(data, this.#context.options), madeAt, true);
  }

  /**
   * The application makes an event.
   * @throws {RealtimeError} if that fails at once; nothing has changed then.
   */
  createEvent(name: unknown, data: unknown, madeAt: string): Change {
    return this.#make(() => readEvent(name, data, this.#context.options), madeAt, false);
  }

  /**
   * The application undoes.
   * @returns `undefined` if there is nothing to be undone.
   * @throws {RealtimeError} if that fails at once; nothing has changed then.
   */
  undo(madeAt: string): Change | undefined {
    const patch = this.#left ? undefined : this.#undo.peek(this.#view.data);
    if (!patch) return undefined;
    const change = this.#make(() => readPatch(patch, this.#context.options), madeAt, false);
    this.#undo.pop();
    return change;
  }

  /** The end: nothing more is taken. */
  leave(reason = "left"): void {
    if (this.#left) return;
    this.#left = true;
    for (const { change, error } of this.#outbox.close()) this.#effects.push({ kind: "failed", change, error });
    this.#effects.push({ kind: "left", reason });
  }

  #make(read: () => ChangeContent, madeAt: string, undoable: boolean): Change {
    if (this.#left) throw new RealtimeError("left", "The session was left.");
    const { options, messagePack } = this.#context;
    const change = makeChange(read(), madeAt, messagePack, options);
    if (change.content.kind === "patch" && Object.keys(change.content.data).length === 0) {
      this.#effects.push({ kind: "acknowledged", change, ack: { position: this.#order.position, count: 0, duplicate: false } });
      return change;
    }
    if (this.#outbox.changes.size >= options.maximumPending) {
      throw new RealtimeError("queue_full", `${options.maximumPending} changes wait already.`, { limit: options.maximumPending });
    }
    if (this.#outbox.bytes + change.weight > options.maximumPendingBytes) {
      throw new RealtimeError("queue_full", `${options.maximumPendingBytes} bytes of changes wait already.`, { limit: options.maximumPendingBytes });
    }
    if (undoable) this.#undo.add(change);
    this.#view.add(change);
    this.#outbox.add(change);
    this.#send();
    return change;
  }

  #askToJoin(): void {
    this.#join = "asked";
    this.#resetSinceJoin = false;
    this.#order.dropAhead();
    this.#effects.push({ kind: "join", since: this.#order.state?.position });
  }

  /** Applies whatever comes next, until something is missing. While a reset may come, it may stand before what was acknowledged. */
  #advance(): void {
    const areAcksSure = this.#resetSinceJoin || (this.#join === "answered" && this.#announced !== "reset");
    if (areAcksSure) for (const change of this.#order.takePassed()) this.#finishUnseen(change);
    for (let next = this.#order.next(areAcksSure); next; next = this.#order.next(areAcksSure)) {
      if ("change" in next) this.#apply(eventOf(next.change, next.ack, this.#order.state!.session, this.#userId), next.change);
      else this.#apply(next.event, this.#ownOf(next.event));
    }
    this.#arrive();
  }

  /** The change that has become an event. A writer is its user's: somebody else may have taken an id that he has seen. */
  #ownOf(event: SessionEvent): Change | undefined {
    return event.userId === this.#userId ? this.#outbox.find(event.writerId, event.writerSequence) : undefined;
  }

  #apply(event: SessionEvent, own: Change | undefined): void {
    const { data } = this.#order.state!;
    const isRun = firstOf(event) < event.sequence;
    if (own && !isRun) this.#undo.confirm(own, data, patchOf(own));
    else if (event.eventType === "session_data_updated") {
      this.#undo.forget(data, event);
      this.#view.rebase();
    }
    const passed = this.#order.apply(event);
    if (own) this.#finish(own, event, isRun);
    for (const change of passed) this.#finishUnseen(change);
    this.#effects.push({ kind: "event", event });
  }

  /** An own change has come to its place. */
  #finish(change: Change, event: SessionEvent, isRun: boolean): void {
    if (change.state !== "acknowledged") {
      const ack = { position: this.#order.position, count: 1, eventId: event.eventId, createdAt: event.createdAt, duplicate: false };
      this.#effects.push({ kind: "acknowledged", change, ack });
    }
    this.#order.forget(change);
    if (isRun) this.#undo.drop(change);
    // The lowest change becomes a part of what is beneath: nothing looks different.
    if (isRun || this.#outbox.changes.values().next().value !== change) this.#view.rebase();
    this.#outbox.remove(change);
  }

  /** An own change is part of the confirmed state, without its place being known. */
  #finishUnseen(change: Change): void {
    this.#undo.drop(change);
    this.#outbox.remove(change);
    this.#view.rebase();
  }

  /** Notices when what the join announced has come. */
  #arrive(): void {
    const announced = this.#announced;
    if (typeof announced !== "object") return;
    const { epoch, sequence } = this.#order.position;
    if (epoch === announced.epoch && sequence >= announced.sequence) this.#announced = undefined;
  }

  /** Sends what may be sent now. */
  #send(): void {
    const { uncertain, wait } = this.#outbox.endRound();
    this.#drop(uncertain);
    if (wait !== undefined) this.#effects.push({ kind: "wait", milliseconds: wait });
    if (this.#join !== "answered") return;
    for (const change of this.#outbox.take()) this.#effects.push({ kind: "send", change, call: callOf(change) });
  }

  #drop(dropped: readonly Dropped[]): void {
    for (const { change, error } of dropped) {
      this.#undo.drop(change);
      this.#effects.push({ kind: "failed", change, error }, { kind: "refused", change, error });
    }
    if (dropped.length > 0) this.#view.rebase();
  }
}
