import { waitFor } from "../lib/waiting.js";
import type { LeaveOptions } from "../sync/options.js";

/** What of a sync is needed to hold it. */
export interface Held {
  readonly ready: Promise<void>;
  /** How many own changes have no answer. */
  readonly pending: number;
  answered(): Promise<void>;
  leave(): Promise<void>;
}

/** Something that was joined, and how often. */
export interface Join<TLive, TSync extends Held = Held> {
  readonly key: string;
  readonly sync: TSync;
  readonly live: TLive;
  holders: number;
  /** How many that were holders wait for answers to own changes. */
  waiting: number;
}

/** How one kind is joined. */
export interface JoinKind<TRequest, TLive, TSync extends Held = Held> {
  /** What tells one from another. */
  keyOf(request: TRequest): string;
  /**
   * Joins.
   * @param leave What the live object's `leave` does.
   * @param onLeft To be called when it was left.
   */
  make(request: TRequest, leave: (options: LeaveOptions) => Promise<void>, onLeft: () => void): { readonly sync: TSync; readonly live: TLive };
  /** Lets one that was joined do for another request, too. Absent: it does. */
  readonly share?: (sync: TSync, request: TRequest) => void;
}

/** What a client has joined of one kind: one for each key, however often it was joined. */
export class Joins<TRequest, TLive, TSync extends Held = Held> {
  readonly #kind: JoinKind<TRequest, TLive, TSync>;
  readonly #held = new Map<string, Join<TLive, TSync>>();
  /** Those that the server is just being told to leave. */
  readonly #leaving = new Map<string, Promise<void>>();

  constructor(kind: JoinKind<TRequest, TLive, TSync>) {
    this.#kind = kind;
  }

  /** What was joined; `undefined`: it is not. */
  find(request: TRequest): TSync | undefined {
    return this.#held.get(this.#kind.keyOf(request))?.sync;
  }

  /** How many own changes have no answer, of all together. */
  get pending(): number {
    return [...this.#held.values()].reduce((sum, { sync }) => sum + sync.pending, 0);
  }

  /** The join, made if it is not there. Each hold wants one release. */
  async hold(request: TRequest): Promise<Join<TLive, TSync>> {
    const key = this.#kind.keyOf(request);
    await this.#leaving.get(key);
    let held = this.#held.get(key);
    if (held) this.#kind.share?.(held.sync, request);
    else held = this.#make(key, request);
    held.holders++;
    return held;
  }

  /** Gives a hold back; with the last one it is left, by whoever waits longest for answers to own changes. */
  async release(held: Join<TLive, TSync>, { timeout = 5_000 }: LeaveOptions): Promise<void> {
    if (held.holders > 0) held.holders--;
    if (held.holders > 0) return;
    if (held.sync.pending > 0) {
      held.waiting++;
      await untilAnswered(held, timeout);
      held.waiting--;
    }
    // It may have been joined again meanwhile.
    if (held.holders === 0 && held.waiting === 0) await this.#leave(held, timeout);
  }

  /** Leaves all of them, whoever holds them or waits for answers. */
  async close({ timeout = 5_000 }: LeaveOptions): Promise<void> {
    await Promise.all([...this.#held.values()].map(async held => {
      held.holders = 0;
      if (held.sync.pending > 0) await untilAnswered(held, timeout);
      await this.#leave(held, timeout);
    }));
  }

  async #leave(held: Join<TLive, TSync>, timeout: number): Promise<void> {
    // It may have been left meanwhile.
    if (this.#held.get(held.key) !== held) return;
    const left = held.sync.leave().finally(() => this.#leaving.delete(held.key));
    this.#leaving.set(held.key, left);
    await waitFor(left, undefined, timeout).catch(() => undefined);
  }

  #make(key: string, request: TRequest): Join<TLive, TSync> {
    const held: Join<TLive, TSync> = {
      key, holders: 0, waiting: 0, ...this.#kind.make(request, options => this.release(held, options), () => this.#held.delete(key)),
    };
    this.#held.set(key, held);
    return held;
  }
}

/** Waits for the answers to own changes, but no longer than this, in milliseconds. */
async function untilAnswered({ sync }: Join<unknown>, timeout: number): Promise<void> {
  await waitFor(sync.answered(), undefined, timeout).catch(() => undefined);
}
