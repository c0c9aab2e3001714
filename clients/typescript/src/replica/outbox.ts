import { RealtimeError } from "../protocol/errors.js";
import type { Backoff } from "./backoff.js";
import type { Change } from "./change.js";

/** A change that will not be made, or of which that cannot be known. */
export interface Dropped<C> {
  readonly change: Change<C>;
  readonly error: RealtimeError;
}

/** The errors since the first one, until everything in flight is answered. */
interface Round<C> {
  readonly retryable: RealtimeError[];
  readonly gaps: Set<Change<C>>;
  readonly refused: Change<C>[];
}

/**
 * The changes on their way, oldest first, and the rules by which they are sent (REPLICA.md, Sending). It decides what goes out and under which number; it does not know what
 * becomes of what is shown.
 */
export class Outbox<C> {
  readonly #changes = new Set<Change<C>>();
  readonly #drawWriterId: () => string;
  readonly #maximumInFlight: number;
  readonly #backoff: Backoff;
  #writer: { id: string; next: number } | undefined;
  #round: Round<C> | undefined;
  #resting = false;
  #inFlight = 0;
  #bytes = 0;

  constructor(maximumInFlight: number, drawWriterId: () => string, backoff: Backoff) {
    this.#maximumInFlight = maximumInFlight;
    this.#drawWriterId = drawWriterId;
    this.#backoff = backoff;
  }

  /** The changes, oldest first. */
  get changes(): ReadonlySet<Change<C>> {
    return this.#changes;
  }

  /** What the changes weigh together, in bytes. */
  get bytes(): number {
    return this.#bytes;
  }

  add(change: Change<C>): void {
    this.#changes.add(change);
    this.#bytes += change.weight;
  }

  /** A change is done, or dropped. */
  remove(change: Change<C>): void {
    if (!this.#changes.delete(change)) return;
    this.#bytes -= change.weight;
    this.#arrive(change);
  }

  /** The change that was sent under a number; `undefined` where it is not (or no longer) here. */
  find(writerId: string | undefined, writerSequence: number | undefined): Change<C> | undefined {
    if (writerId === undefined) return undefined;
    for (const change of this.#changes) {
      if (change.writer?.id === writerId && change.writer.sequence === writerSequence) return change;
    }
    return undefined;
  }

  acknowledge(change: Change<C>): void {
    this.#arrive(change);
    change.state = "acknowledged";
    this.#backoff.reset();
  }

  /** A change was answered by an error. Returns whether that refuses it: then it is here no longer. */
  fail(change: Change<C>, error: RealtimeError): boolean {
    const round = (this.#round ??= { retryable: [], gaps: new Set(), refused: [] });
    if (error.retryable) {
      round.retryable.push(error);
      change.mayBeMade ||= error.code !== "rate_limited";
    }
    else if (error.code === "writer_gap") round.gaps.add(change);
    else {
      round.refused.push(change);
      this.remove(change);
      return true;
    }
    this.#arrive(change);
    change.state = "waiting";
    return false;
  }

  /** Ends the round of errors if everything in flight is answered: what is uncertain now, and how long to wait before more is sent, in milliseconds. */
  endRound(): { readonly uncertain: readonly Dropped<C>[]; readonly wait: number | undefined } {
    const round = this.#round;
    if (!round || this.#inFlight > 0) return { uncertain: [], wait: undefined };
    this.#round = undefined;
    for (const change of round.refused) this.#renumberAfter(change, round.gaps);
    const uncertain = round.refused.length === 0 && round.gaps.has(this.#oldestUnanswered()!) ? this.#forgetWriter() : [];
    this.#resting = round.retryable.length > 0;
    return { uncertain, wait: this.#resting ? this.#backoff.next(round.retryable) : undefined };
  }

  /** What is to be sent now, each under its number. */
  *take(): Generator<Change<C>> {
    if (this.#round || this.#resting) return;
    let writerId: string | undefined;
    for (const change of this.#changes) {
      if (change.state === "acknowledged") continue;
      // Between the changes of two writers only the answers keep the order.
      if (this.#inFlight >= this.#maximumInFlight || (writerId !== undefined && writerId !== (change.writer ?? this.#writer)?.id)) return;
      writerId = change.writer?.id ?? writerId;
      if (change.state !== "waiting") continue;
      change.writer ??= this.#nextNumber();
      change.state = "inFlight";
      writerId = change.writer.id;
      this.#inFlight++;
      yield change;
    }
  }

  /** The time to wait has run out. */
  rested(): void {
    this.#resting = false;
  }

  /** The connection is lost: what was in flight waits again. */
  disconnect(): readonly Dropped<C>[] {
    for (const change of this.#changes) {
      if (change.state === "inFlight") change.state = "waiting";
      change.mayBeMade = change.writer !== undefined;
    }
    this.#inFlight = 0;
    const { uncertain } = this.endRound();
    this.#resting = false;
    return uncertain;
  }

  /** Gives up everything, oldest first. */
  close(): readonly Dropped<C>[] {
    const dropped = [...this.#changes].filter(change => change.state !== "acknowledged").map(change => ({
      change,
      error: change.writer
        ? new RealtimeError("uncertain", "Left before the change was answered.")
        : new RealtimeError("left", "Left before the change was sent."),
    }));
    this.#changes.clear();
    this.#bytes = 0;
    this.#inFlight = 0;
    return dropped;
  }

  /** The number of a refused change stays unused, so that nothing can follow it under the same writer, unless it was made before after all. */
  #renumberAfter(refused: Change<C>, gaps: ReadonlySet<Change<C>>): void {
    const writer = refused.writer;
    if (!writer) return;
    if (this.#writer?.id === writer.id) this.#writer = undefined;
    for (const change of this.#changes) {
      const isLater = change.writer?.id === writer.id && change.writer.sequence > writer.sequence;
      if (isLater && change.state !== "acknowledged" && !(refused.mayBeMade && change.mayBeMade && !gaps.has(change))) this.#unnumber(change);
    }
  }

  /** The server does not know the writer: what it had on an earlier connection may have been made or not. */
  #forgetWriter(): Dropped<C>[] {
    this.#writer = undefined;
    const dropped: Dropped<C>[] = [];
    for (const change of this.#changes) {
      if (change.state === "acknowledged") continue;
      if (change.mayBeMade) {
        this.remove(change);
        dropped.push({ change, error: new RealtimeError("uncertain", "The server no longer knows whether the change was made.") });
      } else this.#unnumber(change);
    }
    return dropped;
  }

  #unnumber(change: Change<C>): void {
    delete change.writer;
    change.mayBeMade = false;
  }

  #nextNumber(): NonNullable<Change<C>["writer"]> {
    this.#writer ??= { id: this.#drawWriterId(), next: 1 };
    return { id: this.#writer.id, sequence: this.#writer.next++ };
  }

  #oldestUnanswered(): Change<C> | undefined {
    for (const change of this.#changes) {
      if (change.state !== "acknowledged") return change;
    }
    return undefined;
  }

  /** A change that was in flight is no longer. */
  #arrive(change: Change<C>): void {
    if (change.state !== "inFlight") return;
    this.#inFlight--;
    change.state = "waiting";
  }
}
