import { Emitter } from "../lib/emitter.js";
import type { Logger } from "../lib/log.js";
import { deferred, quiet, waitFor, type Deferred } from "../lib/waiting.js";
import { callbacks } from "../protocol/callbacks.js";
import { readError, RealtimeError } from "../protocol/errors.js";
import type { MethodName, Methods } from "../protocol/methods.js";
import type { Hub } from "./hub.js";
import { retryDelay } from "./retry-delay.js";

/**
 * Where a connection stands. `disconnected`: nothing was asked for yet, or the first attempts were given up. `connecting`: for the first time. `reconnecting`: it was lost, and is
 * tried again until it is there. `closed`: for good.
 */
export type ConnectionState = "disconnected" | "connecting" | "connected" | "reconnecting" | "closed";

const transitions: Readonly<Record<ConnectionState, readonly ConnectionState[]>> = {
  disconnected: ["connecting", "closed"],
  connecting: ["connected", "disconnected", "closed"],
  connected: ["reconnecting", "closed"],
  reconnecting: ["connected", "closed"],
  closed: [],
};

/** A connection that has lasted this long, in milliseconds, was a good one: the next attempts begin anew. */
const goodAfter = 5_000;

/** What a connection tells. */
export interface ConnectionEvents {
  state: ConnectionState;
  /** An attempt failed, or the connection was lost. It is tried again. */
  error: RealtimeError;
  /** The server calls. */
  callback: { readonly name: string; readonly payload: unknown };
}

/** What a connection needs. */
export interface ConnectionOptions {
  readonly createHub: () => Promise<Hub>;
  /** How long an attempt may take, in milliseconds. */
  readonly attemptTimeout: number;
  readonly logger: Logger;
}

/** A connection that comes back. An explicit state machine over SignalR connections that live once each. */
export class Connection {
  readonly #options: ConnectionOptions;
  readonly #events: Emitter<ConnectionEvents>;
  #state: ConnectionState = "disconnected";
  #hub: Hub | undefined;
  #connectedAt = 0;
  #failures = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** The attempt that is under way, or was last. */
  #attempt: object | undefined;
  #lastError: unknown;
  readonly #waiting = new Set<Deferred<void>>();

  constructor(options: ConnectionOptions) {
    this.#options = options;
    this.#events = new Emitter((name, error) => options.logger("error", `A handler of "${name}" failed.`, error));
  }

  get state(): ConnectionState {
    return this.#state;
  }

  /** Tells what happens. Returns what ends that. */
  on<K extends keyof ConnectionEvents>(name: K, handler: (value: ConnectionEvents[K]) => void): () => void {
    return this.#events.on(name, handler);
  }

  /**
   * Connects, if that is still to be done, and waits for it.
   * @param patience How long at most, in milliseconds. A first connection that nobody waits for any more is given up; a lost one is tried for on.
   * @throws {RealtimeError} `connection_failed` when the patience is at an end, `left` if the connection is closed.
   */
  async open(patience: number, signal?: AbortSignal): Promise<void> {
    if (this.#state === "connected") return;
    if (this.#state === "closed") throw closedError();
    signal?.throwIfAborted();
    const connected = deferred<void>();
    this.#waiting.add(connected);
    if (this.#state === "disconnected") {
      this.#to("connecting");
      this.#failures = 0;
      void this.#try();
    }
    try {
      await waitFor(connected.promise, signal, patience, () => new RealtimeError("connection_failed", "There is no connection with the server.", {}, { cause: this.#lastError }));
    } finally {
      this.#waiting.delete(connected);
      if (this.#waiting.size === 0 && this.#state === "connecting") this.#end("disconnected");
    }
  }

  /** Tries at once, where it waits before the next attempt: there is reason to believe that it will succeed. */
  wake(): void {
    if (this.#timer === undefined) return;
    clearTimeout(this.#timer);
    void this.#try();
  }

  /**
   * Calls the hub.
   * @throws {RealtimeError} the server's, or `connection_failed` where its answer has not come: whether the call arrived is not known.
   */
  async invoke<M extends MethodName>(method: M, request: Methods[M][0]): Promise<Methods[M][1]> {
    const hub = this.#hub;
    if (!hub) throw new RealtimeError("connection_failed", "There is no connection with the server.");
    try {
      return (await hub.invoke(method, request)) as Methods[M][1];
    } catch (error) {
      if (isAnswer(error)) throw readError(error);
      // What could not be sent, or lost its answer, says that the connection is no good, also where that is not noticed yet.
      if (this.#hub === hub) void quiet(hub.stop());
      throw new RealtimeError("connection_failed", "The connection was lost before the answer came.", {}, { cause: error });
    }
  }

  /** Ends the connection for good. */
  close(): void {
    if (this.#state !== "closed") this.#end("closed");
  }

  async #try(): Promise<void> {
    this.#timer = undefined;
    const attempt = (this.#attempt = {});
    let hub: Hub | undefined;
    try {
      hub = await this.#options.createHub();
      const lost = this.#listen(hub);
      const { attemptTimeout } = this.#options;
      await waitFor(Promise.race([hub.start(), lost]), undefined, attemptTimeout, () => new Error(`No connection within ${attemptTimeout} ms.`));
      if (this.#attempt !== attempt) throw new Error("The attempt was given up.");
      this.#hub = hub;
      this.#connectedAt = performance.now();
      this.#to("connected");
      for (const waiting of this.#waiting) waiting.resolve();
    } catch (error) {
      if (hub) void quiet(hub.stop());
      if (this.#attempt !== attempt) return;
      this.#failures++;
      this.#retry(error, "No connection could be made.");
    }
  }

  /** Hears the callbacks of a connection. The promise fails when it is lost. */
  #listen(hub: Hub): Promise<never> {
    for (const name of callbacks) {
      hub.on(name, payload => {
        if (this.#hub === hub) this.#events.emit("callback", { name, payload });
      });
    }
    return quiet(new Promise<never>((_, reject) => {
      hub.onclose(error => {
        reject(error ?? new Error("The connection was closed."));
        if (this.#hub === hub) this.#lost(error);
      });
    }));
  }

  #lost(error: Error | undefined): void {
    this.#hub = undefined;
    this.#failures = performance.now() - this.#connectedAt >= goodAfter ? 0 : this.#failures + 1;
    this.#to("reconnecting");
    // A handler may have closed it.
    if (this.#state === "reconnecting") this.#retry(error, "The connection was lost.");
  }

  #retry(cause: unknown, message: string): void {
    this.#lastError = cause;
    const delay = retryDelay(this.#failures, Math.random());
    this.#timer = setTimeout(() => void this.#try(), delay);
    this.#options.logger("info", `${message} The next attempt follows in ${Math.round(delay)} ms.`, cause);
    this.#events.emit("error", new RealtimeError("connection_failed", message, {}, { cause }));
  }

  #end(state: "disconnected" | "closed"): void {
    const hub = this.#hub;
    clearTimeout(this.#timer);
    this.#timer = this.#hub = this.#attempt = undefined;
    this.#to(state);
    if (hub) void quiet(hub.stop());
    for (const waiting of this.#waiting) waiting.reject(closedError());
  }

  #to(state: ConnectionState): void {
    if (!transitions[this.#state].includes(state)) throw new Error(`A connection does not go from ${this.#state} to ${state}.`);
    this.#state = state;
    this.#options.logger("debug", `The connection is ${state}.`);
    this.#events.emit("state", state);
  }
}

/** Whether an error is the server's answer; else nothing is known of what became of the call. */
function isAnswer(error: unknown): boolean {
  return error instanceof Error && /HubException: | on the server/.test(error.message);
}

function closedError(): RealtimeError {
  return new RealtimeError("left", "The client is closed.");
}
