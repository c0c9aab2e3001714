import { waitFor } from "../lib/waiting.js";
import type { LeaveOptions } from "../sync/options.js";

/** What of a sync is needed to hold it. */
interface Held {
  readonly ready: Promise<void>;
  readonly replica: { readonly pending: number };
  answered(): Promise<void>;
  leave(): Promise<void>;
}

/** Something that was joined, and how often. */
export interface Join<TLive> {
  readonly key: string;
  readonly sync: Held;
  readonly live: TLive;
  holders: number;
}

/** How one kind is joined. */
export interface JoinKind<TRequest, TLive> {
  /** What tells one from another. */
  keyOf(request: TRequest): string;
  /**
   * Joins.
   * @param leave What the live object's `leave` does.
   * @param onLeft To be called when it was left.
   */
  make(request: TRequest, leave: (options: LeaveOptions) => Promise<void>, onLeft: () => void): { readonly sync: Held; readonly live: TLive };
}

/** What a client has joined of one kind: one for each key, however often it was joined. */
export class Joins<TRequest, TLive> {
  readonly #kind: JoinKind<TRequest, TLive>;
  readonly #held = new Map<string, Join<TLive>>();
  /** Those that the server is just being told to leave. */
  readonly #leaving = new Map<string, Promise<void>>();

  constructor(kind: JoinKind<TRequest, TLive>) {
    this.#kind = kind;
  }

  /** The join, made if it is not there. Each hold wants one release. */
  async hold(request: TRequest): Promise<Join<TLive>> {
    const key = this.#kind.keyOf(request);
    await this.#leaving.get(key);
    const held = this.#held.get(key) ?? this.#make(key, request);
    held.holders++;
    return held;
  }

  /** Gives a hold back; with the last one it is left. */
  async release(held: Join<TLive>, { timeout = 5_000 }: LeaveOptions): Promise<void> {
    if (held.holders > 0) held.holders--;
    if (held.holders > 0 || !this.#isHeld(held)) return;
    if (held.sync.replica.pending > 0) await waitFor(held.sync.answered(), undefined, timeout).catch(() => undefined);
    // It may have been joined again, or left, meanwhile.
    if (held.holders > 0 || !this.#isHeld(held)) return;
    const left = held.sync.leave().finally(() => this.#leaving.delete(held.key));
    this.#leaving.set(held.key, left);
    await waitFor(left, undefined, timeout).catch(() => undefined);
  }

  /** Leaves all of them. */
  async close(options: LeaveOptions): Promise<void> {
    await Promise.all([...this.#held.values()].map(held => {
      held.holders = 0;
      return this.release(held, options);
    }));
  }

  #make(key: string, request: TRequest): Join<TLive> {
    const held: Join<TLive> = {
      key, holders: 0, ...this.#kind.make(request, options => this.release(held, options), () => this.#held.delete(key)),
    };
    this.#held.set(key, held);
    return held;
  }

  #isHeld(held: Join<TLive>): boolean {
    return this.#held.get(held.key) === held;
  }
}
