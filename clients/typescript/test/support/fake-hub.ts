import type { Hub } from "../../src/connection/hub.js";

/** A call of the client that waits for the test to answer it. */
export interface FakeCall {
  readonly method: string;
  readonly request: Record<string, unknown>;
  answer(value: unknown): void;
  /** Answers as a hub of SignalR does. */
  fail(code: string, details?: object): void;
  /** Fails as a call does that could not be sent. */
  lose(): void;
}

/** A SignalR connection whose other end is the test. */
export class FakeHub implements Hub {
  readonly calls: FakeCall[] = [];
  readonly #callbacks = new Map<string, (payload: unknown) => void>();
  readonly #rejects = new Set<(error: Error) => void>();
  #onclose: ((error?: Error) => void) | undefined;
  #started: { resolve(): void; reject(error: Error): void } | undefined;
  isStopped = false;

  start(): Promise<void> {
    return new Promise((resolve, reject) => (this.#started = { resolve, reject }));
  }

  stop(): Promise<void> {
    this.isStopped = true;
    this.drop();
    return Promise.resolve();
  }

  invoke(method: string, request: unknown): Promise<unknown> {
    return new Promise((resolve, reject) => {
      this.#rejects.add(reject);
      this.calls.push({
        method,
        request: request as Record<string, unknown>,
        answer: resolve,
        fail: (code, details) => {
          reject(new Error(`An unexpected error occurred invoking '${method}' on the server. HubException: ${code}: In words.${details ? ` ${JSON.stringify(details)}` : ""}`));
        },
        lose: () => reject(new Error("WebSocket is not in the OPEN state")),
      });
    });
  }

  on(callback: string, handler: (payload: unknown) => void): void {
    this.#callbacks.set(callback, handler);
  }

  onclose(handler: (error?: Error) => void): void {
    this.#onclose = handler;
  }

  /** The connection is made. */
  async accept(): Promise<this> {
    this.#started!.resolve();
    await settle();
    return this;
  }

  /** The connection cannot be made. */
  async refuse(): Promise<void> {
    this.#started!.reject(new Error("refused"));
    await settle();
  }

  /** The connection is lost, and with it what waits for an answer. */
  drop(): void {
    const onclose = this.#onclose;
    this.#onclose = undefined;
    for (const reject of this.#rejects) reject(new Error("Invocation canceled due to the underlying connection being closed."));
    onclose?.();
  }

  /** The server calls. */
  async call(callback: string, payload: unknown): Promise<void> {
    this.#callbacks.get(callback)!(payload);
    await settle();
  }

  /** The oldest call of a method that was not taken yet. */
  take(method: string): FakeCall {
    const index = this.calls.findIndex(call => call.method === method);
    if (index < 0) throw new Error(`There is no call of ${method}, but ${this.calls.map(call => call.method).join() || "none"}.`);
    return this.calls.splice(index, 1)[0]!;
  }
}

/** Lets everything run that waits for nothing but its turn. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve();
}

/** The connections that clients have asked for. */
export const hubs: FakeHub[] = [];

/** What stands in the place of `connection/hub.js`. */
export const mockHubs = {
  hubFactory: () => async () => {
    hubs.push(new FakeHub());
    return hubs.at(-1)!;
  },
};
