import { ApiError } from "../../api/api";

/** Things by their numbers, as far as they are known; what is not is asked for, once. */
export class Known<T> {
  readonly #ask: (id: number) => Promise<T>;
  readonly #things = new Map<number, T>();
  readonly #asked = new Set<number>();
  readonly #listeners = new Set<() => void>();
  #all: readonly T[] = [];

  constructor(ask: (id: number) => Promise<T>) {
    this.#ask = ask;
  }

  /** Everything that is known; another array when that changes. */
  get all(): readonly T[] {
    return this.#all;
  }

  get(id: number): T | undefined {
    return this.#things.get(id);
  }

  put(things: Iterable<readonly [number, T]>): void {
    for (const [id, thing] of things) this.#things.set(id, thing);
    this.#all = [...this.#things.values()];
    for (const listener of [...this.#listeners]) listener();
  }

  /** Asks, unless it is known or has been asked. What is not there stays unknown; after another failure it can be asked for again. */
  want(id: number): void {
    if (this.#things.has(id) || this.#asked.has(id)) return;
    this.#asked.add(id);
    this.#ask(id).then(thing => this.put([[id, thing]]), (error: unknown) => {
      if (!(error instanceof ApiError && error.status === 404)) this.#asked.delete(id);
    });
  }

  /** Tells when more is known. Returns what ends that. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
}
