import { Draft } from "../lib/merge-patch.js";
import type { Ack, Position, SessionReset } from "../protocol/objects.js";
import type { SessionEvent } from "../protocol/session-event.js";
import type { Change } from "./change.js";
import { fold, stateOf, type ConfirmedState } from "./confirmed.js";

/** What comes next: an event, or an acknowledged change in its place. */
export type Next = { readonly event: SessionEvent } | { readonly change: Change; readonly ack: Ack };

/** The confirmed state, and what is known of beyond it (REPLICA.md, The order). */
export class Order {
  #state: ConfirmedState | undefined;
  readonly #draft = new Draft();
  /** Events beyond the next one, by sequence. */
  readonly #ahead = new Map<number, SessionEvent>();
  /** Acknowledged changes: those that stand for their events, by place, and those whose place is unknown, by themselves. */
  readonly #placed = new Map<string, Change>();
  readonly #acks = new Map<Change, Ack>();
  /** The epochs that were left behind. */
  readonly #past = new Set<string>();

  /** `undefined` before the first reset. Its data may be changed in place by the next event. */
  get state(): ConfirmedState | undefined {
    return this.#state;
  }

  /** The same, to be shown: its data stay as they are. */
  get shown(): ConfirmedState | undefined {
    this.#draft.publish();
    return this.#state;
  }

  /** Before the first reset: sequence 0 of no epoch. */
  get position(): Position {
    const { epoch, sequence } = this.#state?.position ?? { epoch: "", sequence: 0 };
    return { epoch, sequence };
  }

  /** How many acknowledged changes have not come to their place. */
  get acknowledged(): number {
    return this.#acks.size;
  }

  get hasGap(): boolean {
    return this.#ahead.size > 0 || this.#acks.size > 0;
  }

  dropAhead(): void {
    this.#ahead.clear();
  }

  /** Takes the state of a reset. Returns the acknowledged changes that are part of it. */
  reset(reset: SessionReset): Change[] {
    if (this.#state && this.#state.position.epoch !== reset.position.epoch) this.#past.add(this.#state.position.epoch);
    this.#past.delete(reset.position.epoch);
    this.#state = stateOf(reset);
    this.#ahead.clear();
    return this.takeFromOtherEpochs().concat(this.takePassed());
  }

  /** The epoch is the log's: what was acknowledged in any other was lost. Returns these changes. */
  takeFromOtherEpochs(): Change[] {
    return this.#take(({ position }) => position.epoch !== this.#state?.position.epoch);
  }

  /** Keeps an event until it is its turn, unless it was applied already. */
  hold(event: SessionEvent): void {
    if (!this.#state || event.sequence <= this.#state.position.sequence) return;
    const held = this.#ahead.get(event.sequence);
    if (!held || firstOf(event) < firstOf(held)) this.#ahead.set(event.sequence, event);
  }

  /** Keeps an acknowledged change until it is its turn. */
  place(change: Change, ack: Ack): void {
    this.#acks.set(change, ack);
    if (ack.count > 0 && !ack.duplicate) this.#placed.set(keyOf(ack.position), change);
  }

  /** Returns the acknowledged changes whose turn is past: they are done. */
  takePassed(): Change[] {
    return this.#take(ack => this.#isPassed(ack));
  }

  /** A change is done. */
  forget(change: Change): void {
    const ack = this.#acks.get(change);
    if (!ack) return;
    this.#acks.delete(change);
    // The Ack of a duplicate names the place of the writer's last change, which is another one's.
    if (this.#placed.get(keyOf(ack.position)) === change) this.#placed.delete(keyOf(ack.position));
  }

  /**
   * What comes next; `undefined` if it has not arrived.
   * @param areAcksSure Whether no reset is awaited, which might stand before them.
   */
  next(areAcksSure: boolean): Next | undefined {
    if (!this.#state) return undefined;
    const { epoch, sequence } = this.#state.position;
    const change = areAcksSure ? this.#placed.get(keyOf({ epoch, sequence: sequence + 1 })) : undefined;
    if (change) return { change, ack: this.#acks.get(change)! };
    const event = this.#ahead.get(sequence + 1) ?? this.#runAcross(sequence + 1);
    return event && { event };
  }

  /** Applies what comes next. Returns the acknowledged changes that it passes without standing for them. */
  apply(event: SessionEvent): Change[] {
    this.#state = fold(this.#state!, event, this.#draft);
    this.#ahead.delete(event.sequence);
    if (firstOf(event) < event.sequence) this.#dropAheadUpTo(event.sequence);
    const own = this.#placed.get(keyOf({ epoch: this.position.epoch, sequence: event.sequence }));
    return this.takePassed().filter(change => change !== own);
  }

  #runAcross(sequence: number): SessionEvent | undefined {
    for (const event of this.#ahead.values()) {
      if (firstOf(event) <= sequence && event.sequence >= sequence) return event;
    }
    return undefined;
  }

  #dropAheadUpTo(last: number): void {
    for (const sequence of this.#ahead.keys()) {
      if (sequence <= last) this.#ahead.delete(sequence);
    }
  }

  #take(isTaken: (ack: Ack) => boolean): Change[] {
    const taken = [...this.#acks].filter(([, ack]) => isTaken(ack)).map(([change]) => change);
    for (const change of taken) this.forget(change);
    return taken;
  }

  /** An epoch that is not known yet is one that a reset will bring. */
  #isPassed({ position: { epoch, sequence } }: Ack): boolean {
    if (this.#past.has(epoch)) return true;
    return epoch === this.#state?.position.epoch && sequence <= this.#state.position.sequence;
  }
}

/** The sequence of the first event that an event stands for: its own, where it is no run. */
export function firstOf(event: SessionEvent): number {
  return (event.eventType === "session_data_updated" ? event.fromSequence : undefined) ?? event.sequence;
}

function keyOf(position: Position): string {
  return `${position.epoch}-${position.sequence}`;
}
