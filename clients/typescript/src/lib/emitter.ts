/** What is called with what is told. */
export type Handler<T> = (value: T) => void;

/** Tells handlers by name. A handler that throws is reported and keeps no other from being told. */
export class Emitter<Events extends object> {
  readonly #handlers = new Map<keyof Events, Set<Handler<never>>>();
  readonly #report: (name: keyof Events, error: unknown) => void;

  /** @param report Hears what a handler has thrown. */
  constructor(report: (name: keyof Events, error: unknown) => void) {
    this.#report = report;
  }

  /** Adds a handler. Returns what removes it. */
  on<K extends keyof Events>(name: K, handler: Handler<Events[K]>): () => void {
    // Each call is a registration of its own, also of the same function.
    const entry: Handler<Events[K]> = value => handler(value);
    let handlers = this.#handlers.get(name);
    if (!handlers) this.#handlers.set(name, (handlers = new Set()));
    handlers.add(entry as Handler<never>);
    return () => void handlers.delete(entry as Handler<never>);
  }

  /** Calls the handlers that are there now, in the order in which they came. */
  emit<K extends keyof Events>(name: K, value: Events[K]): void {
    for (const handler of [...(this.#handlers.get(name) ?? [])] as Handler<Events[K]>[]) {
      try {
        handler(value);
      } catch (error) {
        this.#report(name, error);
      }
    }
  }
}
