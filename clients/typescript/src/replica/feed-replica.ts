import type { RealtimeError } from "../protocol/errors.js";
import type { FeedEvent, Watched } from "../protocol/feed.js";
import type { Position, ResumePosition } from "../protocol/objects.js";
import { Backoff } from "./backoff.js";
import type { SyncStatus } from "./effects.js";

/** What is to be done for a feed, and told of it, in the order in which it happened. */
export type FeedEffect<E extends FeedEvent> =
  /** To be watched. */
  | { readonly kind: "watch"; readonly since: ResumePosition | undefined }
  /** `retryElapsed` is to be called after this time, in milliseconds. */
  | { readonly kind: "wait"; readonly milliseconds: number }
  /** To be told. */
  | { readonly kind: "event"; readonly event: E }
  | { readonly kind: "reset"; readonly position: Position }
  | { readonly kind: "left"; readonly reason: string };

/**
 * A cursor on a feed as one client has it (clients/REPLICA.md, Feeds): each event once and in order, across connections. A state machine without clock, network or randomness: it
 * is told what happened, and `takeEffects` says what is to be done and told.
 */
export class FeedReplica<E extends FeedEvent> {
  readonly #backoff = new Backoff();
  #effects: FeedEffect<E>[] = [];
  #watch: "none" | "asked" | "resting" | "watched" = "none";
  #position: Position = { epoch: "", sequence: 0 };
  /** The same, to resume from; `undefined`: a reset is needed. */
  #at: ResumePosition | undefined;
  /** What the latest watch resumes from, or the next one will. */
  #asked: ResumePosition | undefined;
  /** Where the reset that the answer has announced stands, until it has come. */
  #announced: Position | undefined;
  /** The reset that has come since the watch was asked for. */
  #reset: Position | undefined;
  #isStale = false;
  #connected = false;
  #left = false;

  /** Up to where everything has been told: sequence 0 of no epoch before the first reset. */
  get position(): Position {
    return this.#position;
  }

  /** Whether what comes next follows on what was told. */
  get hasBegun(): boolean {
    return this.#at !== undefined && !this.#isStale && (this.#asked !== undefined || this.#isComplete);
  }

  get status(): SyncStatus {
    if (!this.#connected || this.#left) return "disconnected";
    return this.#isComplete ? "synchronized" : "synchronizing";
  }

  /** What is to be done and told since the last call, in order. */
  takeEffects(): readonly FeedEffect<E>[] {
    const effects = this.#effects;
    this.#effects = [];
    return effects;
  }

  /** There is a connection. */
  connected(): void {
    if (this.#left) return;
    this.#connected = true;
    this.#ask();
  }

  /** It is lost. */
  disconnected(): void {
    if (this.#left) return;
    // What came before a watch had begun may be of the one before it, which was for less.
    if (!this.hasBegun) this.#at = undefined;
    this.#asked = this.#at;
    this.#connected = false;
    this.#watch = "none";
  }

  /** The watch is to begin anew, for something else. */
  renew(): void {
    if (this.#left) return;
    this.#isStale = true;
    this.#goOn();
  }

  /** The watch is answered. */
  watched({ position, recovered }: Watched): void {
    if (this.#left || this.#watch !== "asked") return;
    this.#watch = "watched";
    this.#backoff.reset();
    if (!recovered && !(this.#reset && covers(this.#reset, position))) this.#announced = position;
    this.#goOn();
  }

  /** The watch is answered by an error. */
  watchFailed(error: RealtimeError): void {
    if (this.#left || this.#watch !== "asked") return;
    if (!error.retryable) return this.leave(error.code);
    this.#watch = "resting";
    this.#effects.push({ kind: "wait", milliseconds: this.#backoff.next([error]) });
  }

  /** The time that a `wait` asked for has run out. */
  retryElapsed(): void {
    if (!this.#left && this.#watch === "resting") this.#ask();
  }

  /** A callback that is of the feed. */
  event(event: E): void {
    if (this.#move(event.feed, event.eventId)) this.#effects.push({ kind: "event", event });
  }

  /** The callback that says up to where everything was told. */
  moved(position: Position): void {
    this.#move(position, undefined);
  }

  /** The callback that is a reset. */
  reset(position: Position): void {
    if (this.#left) return;
    this.#position = this.#at = this.#reset = position;
    if (this.#announced && covers(position, this.#announced)) this.#announced = undefined;
    this.#effects.push({ kind: "reset", position });
    this.#goOn();
  }

  /** The callback that says that the connection watches no longer. */
  putOut(reason: string): void {
    // The connection of one that was too slow ends, and is made anew.
    if (reason !== "too_slow") this.leave(reason);
  }

  /** The end: nothing more is taken. */
  leave(reason = "left"): void {
    if (this.#left) return;
    this.#left = true;
    this.#effects.push({ kind: "left", reason });
  }

  /** Whether the watch is answered, and the reset that the answer announced is here. */
  get #isComplete(): boolean {
    return this.#watch === "watched" && this.#announced === undefined;
  }

  #ask(): void {
    if (this.#isStale) this.#at = undefined;
    this.#isStale = false;
    this.#watch = "asked";
    this.#asked = this.#at;
    this.#announced = this.#reset = undefined;
    this.#effects.push({ kind: "watch", since: this.#at });
  }

  #goOn(): void {
    if (this.#isStale && this.#isComplete) this.#ask();
  }

  /** What was told, or is of a history that is none any more, is passed over. */
  #move(to: Position, eventId: string | undefined): boolean {
    if (this.#left || !this.#at || to.epoch !== this.#at.epoch || to.sequence <= this.#at.sequence) return false;
    this.#position = to;
    this.#at = eventId === undefined ? to : { ...to, eventId };
    return true;
  }
}

/** Whether a reset is the one that was announced, or a later one. */
function covers(reset: Position, announced: Position): boolean {
  return reset.epoch !== announced.epoch || reset.sequence >= announced.sequence;
}
