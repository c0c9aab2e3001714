import { RealtimeError } from "../protocol/errors.js";
import type { Position } from "../protocol/objects.js";
import { Backoff } from "./backoff.js";
import type { Effect, SyncStatus } from "./effects.js";
import type { ChangeOf, Log, LogAck, LogTypes } from "./log.js";
import { Membership } from "./membership.js";
import type { ReplicaOptions } from "./options.js";
import { Order } from "./order.js";
import { Outbox, type Dropped } from "./outbox.js";

/** Who made something, and under what. */
export interface Made {
  readonly userId: string | number;
  readonly writerId?: string | undefined;
  readonly writerSequence?: number | undefined;
}

/** What a replica needs to know of what stands around it. */
export interface ReplicaContext {
  readonly options: ReplicaOptions;
  /** Whether messages are MessagePack, in which short fractions are larger than in JSON. */
  readonly messagePack: boolean;
  /** Draws the id of the next writer. */
  drawWriterId(): string;
}

/**
 * A log as one client has it: confirmed state, own changes on top, and what has to be done to bring the two together (clients/REPLICA.md). A state machine without clock,
 * network or randomness: it is told what happened, and `takeEffects` says what is to be done and told. What the application sees is its kind's affair.
 */
export abstract class Replica<K extends LogTypes> {
  readonly #log: Log<K>;
  readonly #backoff = new Backoff();
  readonly #membership = new Membership();
  readonly #outbox: Outbox<K["content"]>;
  #effects: Effect<K>[] = [];
  #userId: K["joined"]["userId"] | undefined;
  #left = false;

  protected readonly context: ReplicaContext;
  protected readonly order: Order<K>;

  constructor(log: Log<K>, context: ReplicaContext) {
    this.#log = log;
    this.context = context;
    this.order = new Order(log);
    this.#outbox = new Outbox(context.options.maximumInFlight, () => context.drawWriterId(), this.#backoff);
  }

  /** The confirmed state; `undefined` before the first reset. */
  get confirmed(): K["state"] | undefined {
    return this.order.shown;
  }

  /** Up to where it is confirmed: sequence 0 of no epoch before the first reset. */
  get position(): Position {
    return this.order.position;
  }

  /** How many changes are not acknowledged. */
  get pending(): number {
    return this.#outbox.changes.size - this.order.acknowledged;
  }

  /** Whether something is known of beyond what is missing: where this lasts, `gapElapsed` is to be called. */
  get hasGap(): boolean {
    return !this.#left && this.#membership.isContinuous && this.order.hasGap;
  }

  get status(): SyncStatus {
    if (!this.#membership.isConnected || this.#left) return "disconnected";
    return this.#membership.isComplete && !this.order.hasGap && this.#outbox.changes.size === 0 ? "synchronized" : "synchronizing";
  }

  /** What is to be done and told since the last call, in order. */
  takeEffects(): readonly Effect<K>[] {
    const effects = this.#effects;
    this.#effects = [];
    return effects;
  }

  /** There is a connection. */
  connected(): void {
    if (this.#left) return;
    this.#membership.connect();
    this.#askToJoin();
  }

  /** It is lost. */
  disconnected(): void {
    if (this.#left) return;
    this.#membership.disconnect();
    this.#drop(this.#outbox.disconnect());
  }

  /** The join is answered. */
  joined(answer: K["joined"]): void {
    if (this.#left || !this.#membership.isAsked) return;
    this.#membership.accept(answer.position, answer.recovered);
    this.#backoff.reset();
    this.#userId = answer.userId ?? this.#userId;
    if (answer.recovered) for (const change of this.order.takeFromOtherEpochs()) this.#finishUnseen(change);
    this.#advance();
    this.#send();
    this.#closeGap();
  }

  /** The join is answered by an error. */
  joinFailed(error: RealtimeError): void {
    if (this.#left || !this.#membership.isAsked) return;
    if (!error.retryable) return this.leave(error.code);
    this.#membership.rest();
    this.#effects.push({ kind: "wait", milliseconds: this.#backoff.next([error]) });
  }

  /** The callback that is a reset. */
  reset(reset: K["reset"]): void {
    if (this.#left) return;
    this.#membership.reset();
    for (const change of this.order.reset(reset)) this.#outbox.remove(change);
    this.onReset(reset);
    this.#effects.push({ kind: "reset", position: reset.position });
    this.#advance();
    this.#send();
    this.#closeGap();
  }

  /** A callback that is an event. */
  event(event: K["event"]): void {
    if (this.#left) return;
    this.order.hold(event);
    this.#advance();
    this.#send();
  }

  /** The callback that says that the connection is out. */
  putOut(reason: string): void {
    // The connection of one that was too slow ends, and is made anew.
    if (reason !== "too_slow") this.leave(reason);
  }

  /** The call for a change is answered. */
  acknowledged(change: ChangeOf<K>, ack: K["ack"]): void {
    if (this.#left || change.state !== "inFlight" || !this.#outbox.changes.has(change)) return;
    this.#effects.push({ kind: "acknowledged", change, ack });
    this.#outbox.acknowledge(change);
    this.order.place(change, ack);
    this.#advance();
    this.#send();
  }

  /** The call for a change is answered by an error. */
  failed(change: ChangeOf<K>, error: RealtimeError): void {
    if (this.#left || change.state !== "inFlight" || !this.#outbox.changes.has(change)) return;
    if (this.#outbox.fail(change, error)) this.#drop([{ change, error }]);
    this.#send();
  }

  /** A call for something else than a change is answered: what it has made is not sent to the connection. */
  callAnswered({ position, count, duplicate }: LogAck): void {
    if (this.#left || (count === 0 && !duplicate) || !this.order.know(position)) return;
    this.#membership.learn();
    this.#closeGap();
  }

  /** The time that a `wait` asked for has run out. */
  retryElapsed(): void {
    if (this.#left || !this.#membership.isConnected) return;
    this.#outbox.rested();
    if (this.#membership.isResting) this.#askToJoin();
    this.#send();
  }

  /** A gap has lasted too long. */
  gapElapsed(): void {
    if (this.hasGap) this.#askToJoin();
  }

  /** The end: nothing more is taken. */
  leave(reason = "left"): void {
    if (this.#left) return;
    this.#left = true;
    for (const { change, error } of this.#outbox.close()) this.#effects.push({ kind: "failed", change, error });
    this.#effects.push({ kind: "left", reason });
  }

  /** The own changes that are not done, oldest first: those on top. */
  protected get changes(): ReadonlySet<ChangeOf<K>> {
    return this.#outbox.changes;
  }

  /** The caller; `undefined` before the first join. */
  protected get userId(): K["joined"]["userId"] | undefined {
    return this.#userId;
  }

  protected get isLeft(): boolean {
    return this.#left;
  }

  /** What is confirmed was replaced. */
  protected abstract onReset(reset: K["reset"]): void;
  /** The next event is about to be applied; `own`: the change that has become it. */
  protected abstract onEvent(event: K["event"], own: ChangeOf<K> | undefined): void;
  /** A change has come to its place, and will be among `changes` no longer. */
  protected abstract onConfirmed(change: ChangeOf<K>, event: K["event"]): void;
  /** A change is on top no longer: it is confirmed without its place being known, or will not be made. */
  protected abstract onGone(change: ChangeOf<K>): void;

  /**
   * The application makes a change.
   * @throws {RealtimeError} if that fails at once; nothing has changed then.
   */
  protected make(read: () => ChangeOf<K>): ChangeOf<K> {
    if (this.#left) throw new RealtimeError("left", "It was left.");
    const { maximumPending, maximumPendingBytes } = this.context.options;
    const change = read();
    const nothing = this.#log.ackOfNothing?.(change, this.order.position);
    if (nothing) {
      this.#effects.push({ kind: "acknowledged", change, ack: nothing });
      return change;
    }
    if (this.#outbox.changes.size >= maximumPending) {
      throw new RealtimeError("queue_full", `${maximumPending} changes wait already.`, { limit: maximumPending });
    }
    if (this.#outbox.bytes + change.weight > maximumPendingBytes) {
      throw new RealtimeError("queue_full", `${maximumPendingBytes} bytes of changes wait already.`, { limit: maximumPendingBytes });
    }
    this.#outbox.add(change);
    this.#send();
    return change;
  }

  /** What was read of the log has what somebody made under a number at a place: where that is an own change, it is done, whether its Ack has come or not. */
  protected found(made: Made, ack: K["ack"]): void {
    const change = this.#ownOf(made);
    if (!change) return;
    if (change.state !== "acknowledged") this.#effects.push({ kind: "acknowledged", change, ack });
    this.order.forget(change);
    this.#finishUnseen(change);
    this.#send();
  }

  /** Joins for what is known to be missing, once for all that is. */
  #closeGap(): void {
    if (this.#membership.isLate && this.#membership.isContinuous && this.order.isBehind) this.#askToJoin();
  }

  #askToJoin(): void {
    this.#membership.ask();
    this.order.dropAhead();
    this.#effects.push({ kind: "join", since: this.order.state?.position });
  }

  /** Applies whatever comes next, until something is missing. While a reset may come, it may stand before what was acknowledged. */
  #advance(): void {
    const { areAcksSure } = this.#membership;
    if (areAcksSure) for (const change of this.order.takePassed()) this.#finishUnseen(change);
    for (let next = this.order.next(areAcksSure); next; next = this.order.next(areAcksSure)) {
      if ("change" in next) this.#apply(this.#log.eventOf!(next.change, next.ack, this.order.state!, this.#userId), next.change);
      else this.#apply(next.event, this.#ownOf(next.event));
    }
    this.#membership.reach(this.order.position);
  }

  /** The change that has become an event. A writer is its user's: somebody else may have taken an id that he has seen. */
  #ownOf({ userId, writerId, writerSequence }: Made): ChangeOf<K> | undefined {
    return userId === this.#userId ? this.#outbox.find(writerId, writerSequence) : undefined;
  }

  #apply(event: K["event"], own: ChangeOf<K> | undefined): void {
    this.onEvent(event, own);
    const passed = this.order.apply(event);
    if (own) this.#finish(own, event);
    for (const change of passed) if (change !== own) this.#finishUnseen(change);
    this.#effects.push({ kind: "event", event });
  }

  /** An own change has come to its place. */
  #finish(change: ChangeOf<K>, event: K["event"]): void {
    if (change.state !== "acknowledged") this.#effects.push({ kind: "acknowledged", change, ack: this.#log.ackOf(event, this.order.position) });
    this.order.forget(change);
    this.onConfirmed(change, event);
    this.#outbox.remove(change);
  }

  /** An own change is part of the confirmed state, without its place being known. */
  #finishUnseen(change: ChangeOf<K>): void {
    this.#outbox.remove(change);
    this.onGone(change);
  }

  /** Sends what may be sent now. */
  #send(): void {
    const { uncertain, wait } = this.#outbox.endRound();
    this.#drop(uncertain);
    if (wait !== undefined) this.#effects.push({ kind: "wait", milliseconds: wait });
    if (!this.#membership.isJoined) return;
    for (const change of this.#outbox.take()) this.#effects.push({ kind: "send", change, call: this.#log.callOf(change) });
  }

  #drop(dropped: readonly Dropped<K["content"]>[]): void {
    for (const { change, error } of dropped) {
      this.onGone(change);
      this.#effects.push({ kind: "failed", change, error }, { kind: "refused", change, error });
    }
  }
}
