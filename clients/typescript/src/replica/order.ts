import type { Position } from "../protocol/objects.js";
import type { ChangeOf, Log, LogTypes } from "./log.js";

/** What comes next: an event, or an acknowledged change in its place. */
export type Next<K extends LogTypes> = { readonly event: K["event"] } | { readonly change: ChangeOf<K>; readonly ack: K["ack"] };

/** The confirmed state, and what is known of beyond it (REPLICA.md, The order). */
export class Order<K extends LogTypes> {
  readonly #log: Log<K>;
  #state: K["state"] | undefined;
  /** Events beyond the next one, by sequence. */
  readonly #ahead = new Map<number, K["event"]>();
  /** Acknowledged changes: those that stand for their events, by place, and those whose place is unknown, by themselves. */
  readonly #placed = new Map<string, ChangeOf<K>>();
  readonly #acks = new Map<ChangeOf<K>, K["ack"]>();
  /** The furthest position that is known of by something else than an event or a change. */
  #known: Position | undefined;
  /** The epochs that were left behind. */
  readonly #past = new Set<string>();

  constructor(log: Log<K>) {
    this.#log = log;
  }

  /** `undefined` before the first reset. It may be changed in place by the next event. */
  get state(): K["state"] | undefined {
    return this.#state;
  }

  /** The same, to be shown: it stays as it is. */
  get shown(): K["state"] | undefined {
    this.#log.publish();
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
    return this.#ahead.size > 0 || this.#acks.size > 0 || this.isBehind;
  }

  /** Whether the position is not there yet that is known of by something else than an event or a change. */
  get isBehind(): boolean {
    return this.#known !== undefined && !this.#isReached(this.#known);
  }

  dropAhead(): void {
    this.#ahead.clear();
  }

  /** The log goes up to a position at least. Returns whether that is beyond what was known of. */
  know(position: Position): boolean {
    const isKnown = this.#known?.epoch === position.epoch && this.#known.sequence >= position.sequence;
    if (isKnown || this.#isReached(position)) return false;
    this.#known = position;
    return true;
  }

  /** Takes the state of a reset. Returns the acknowledged changes that are part of it. */
  reset(reset: K["reset"]): ChangeOf<K>[] {
    if (this.#state && this.#state.position.epoch !== reset.position.epoch) this.#past.add(this.#state.position.epoch);
    this.#past.delete(reset.position.epoch);
    this.#state = this.#log.stateOf(reset);
    this.#ahead.clear();
    return this.takeFromOtherEpochs().concat(this.takePassed());
  }

  /** The epoch is the log's: what was acknowledged in any other was lost. Returns these changes. */
  takeFromOtherEpochs(): ChangeOf<K>[] {
    const { epoch } = this.position;
    if (this.#known?.epoch !== epoch) this.#known = undefined;
    return this.#take(({ position }) => position.epoch !== epoch);
  }

  /** Changes what is kept of the log without moving on in it: more of what came before. */
  revise(change: (state: K["state"]) => K["state"]): void {
    if (this.#state) this.#state = change(this.#state);
  }

  /** Keeps an event until it is its turn, unless it was applied already. */
  hold(event: K["event"]): void {
    if (!this.#state || event.sequence <= this.#state.position.sequence) return;
    const held = this.#ahead.get(event.sequence);
    if (!held || this.#log.firstOf(event) < this.#log.firstOf(held)) this.#ahead.set(event.sequence, event);
  }

  /** Keeps an acknowledged change until it is its turn: that of its Ack where this stands for the event, else that of the event. */
  place(change: ChangeOf<K>, ack: K["ack"]): void {
    this.#acks.set(change, ack);
    const standsForEvent = this.#log.eventOf !== undefined && ack.count > 0 && !ack.duplicate;
    if (standsForEvent) this.#placed.set(keyOf(ack.position), change);
  }

  /** Returns the acknowledged changes whose turn is past: they are done. */
  takePassed(): ChangeOf<K>[] {
    return this.#take(ack => this.#isPassed(ack));
  }

  /** A change is done. */
  forget(change: ChangeOf<K>): void {
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
  next(areAcksSure: boolean): Next<K> | undefined {
    if (!this.#state) return undefined;
    const { epoch, sequence } = this.#state.position;
    const change = areAcksSure ? this.#placed.get(keyOf({ epoch, sequence: sequence + 1 })) : undefined;
    if (change) return { change, ack: this.#acks.get(change)! };
    const event = this.#ahead.get(sequence + 1) ?? this.#runAcross(sequence + 1);
    return event && { event };
  }

  /** Applies what comes next. Returns the acknowledged changes that it passes without standing for them. */
  apply(event: K["event"]): ChangeOf<K>[] {
    this.#state = this.#log.fold(this.#state!, event);
    this.#ahead.delete(event.sequence);
    if (this.#log.firstOf(event) < event.sequence) this.#dropAheadUpTo(event.sequence);
    const own = this.#placed.get(keyOf({ epoch: this.position.epoch, sequence: event.sequence }));
    return this.takePassed().filter(change => change !== own);
  }

  #runAcross(sequence: number): K["event"] | undefined {
    for (const event of this.#ahead.values()) {
      if (this.#log.firstOf(event) <= sequence && event.sequence >= sequence) return event;
    }
    return undefined;
  }

  #dropAheadUpTo(last: number): void {
    for (const sequence of this.#ahead.keys()) {
      if (sequence <= last) this.#ahead.delete(sequence);
    }
  }

  #take(isTaken: (ack: K["ack"]) => boolean): ChangeOf<K>[] {
    const taken = [...this.#acks].filter(([, ack]) => isTaken(ack)).map(([change]) => change);
    for (const change of taken) this.forget(change);
    return taken;
  }

  /** An epoch that is not known yet is one that a reset will bring. */
  #isPassed({ position }: K["ack"]): boolean {
    return this.#past.has(position.epoch) || this.#isReached(position);
  }

  #isReached({ epoch, sequence }: Position): boolean {
    return epoch === this.#state?.position.epoch && sequence <= this.#state.position.sequence;
  }
}

function keyOf(position: Position): string {
  return `${position.epoch}-${position.sequence}`;
}
