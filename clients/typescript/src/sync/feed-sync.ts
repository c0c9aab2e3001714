import type { Connection, ConnectionEvents } from "../connection/connection.js";
import { Emitter } from "../lib/emitter.js";
import { deferred } from "../lib/waiting.js";
import { RealtimeError } from "../protocol/errors.js";
import type { FeedEvent, Watched } from "../protocol/feed.js";
import type { Position, ResumePosition } from "../protocol/objects.js";
import type { SyncStatus } from "../replica/effects.js";
import { FeedReplica, type FeedEffect } from "../replica/feed-replica.js";
import type { SyncContext } from "./options.js";

/** What is told of a feed, by name. */
export interface FeedEvents<E = unknown> {
  /** Each event of the feed in its order, once. */
  event: E;
  /** What lies between was missed, or concerns other rights: what the feed is about is to be listed anew; what changes from this position on follows. */
  reset: Position;
  /** The status has changed. */
  syncStatus: SyncStatus;
  /** It was left: `left`, `access_revoked`, `deleted`, or the code that refused to watch again. Nothing follows. */
  left: string;
}

/** Follows a feed: brings its cursor what the server and the clock say, and does what it wants done. */
export abstract class FeedSync<E extends FeedEvent> {
  readonly #unsubscribe: (() => void)[] = [];
  #ready = deferred<void>();
  #isReady = false;
  #watchError: RealtimeError | undefined;
  /** Counts watches and connections: the answer to one that is gone is none. */
  #link = 0;
  #isConnected = false;
  #draining = false;
  #status: SyncStatus = "disconnected";
  #retryTimer: ReturnType<typeof setTimeout> | undefined;

  protected readonly connection: Connection;
  protected readonly replica = new FeedReplica<E>();
  readonly events: Emitter<FeedEvents<E>>;
  /** Nothing is ever on its way to the server. */
  readonly pending = 0;

  constructor({ connection, logger }: SyncContext) {
    this.connection = connection;
    this.events = new Emitter((name, error) => logger("error", `A handler of "${String(name)}" failed.`, error));
  }

  get position(): Position {
    return this.replica.position;
  }

  get syncStatus(): SyncStatus {
    return this.replica.status;
  }

  /** Resolves when it has begun: from now on everything is told. Fails if it is left before. */
  get ready(): Promise<void> {
    return this.#ready.promise;
  }

  /** Resolves at once: there is nothing to be answered. */
  async answered(): Promise<void> {}

  /** Ends it. Resolves when the server knows, as far as it can be told. */
  async leave(): Promise<void> {
    const call = this.#isConnected ? this.callUnwatch() : undefined;
    this.step(() => this.replica.leave());
    await call?.catch(() => undefined);
  }

  /** Calls the method that watches. */
  protected abstract callWatch(since: ResumePosition | undefined): Promise<Watched>;
  /** Calls the method that ends that. */
  protected abstract callUnwatch(): Promise<unknown>;
  /** The server calls, perhaps about something else. */
  protected abstract hear(callback: ConnectionEvents["callback"]): void;

  /** Begins to follow the connection. The last thing that a constructor does. */
  protected start(): void {
    this.#unsubscribe.push(
      this.connection.on("state", () => this.#followConnection()),
      this.connection.on("callback", callback => this.hear(callback)),
    );
    this.#followConnection();
  }

  /** Watches anew, for something else. */
  protected renew(): void {
    if (this.#isReady) this.#ready = deferred();
    this.#isReady = false;
    this.step(() => this.replica.renew());
  }

  /** Tells the replica something, and does what it wants done then. */
  protected step(act: () => void): void {
    act();
    if (this.#draining) return;
    this.#draining = true;
    for (let effects = this.replica.takeEffects(); effects.length > 0; effects = this.replica.takeEffects()) {
      for (const effect of effects) this.#perform(effect);
    }
    this.#draining = false;
    this.#notice();
  }

  #followConnection(): void {
    const isConnected = this.connection.state === "connected";
    if (isConnected) this.step(() => this.replica.connected());
    else if (this.#isConnected) this.#disconnect();
    this.#isConnected = isConnected;
  }

  #disconnect(): void {
    this.#link++;
    clearTimeout(this.#retryTimer);
    this.step(() => this.replica.disconnected());
  }

  #perform(effect: FeedEffect<E>): void {
    switch (effect.kind) {
      case "watch":
        return void this.#watch(effect.since);
      case "wait":
        this.#retryTimer = setTimeout(() => this.step(() => this.replica.retryElapsed()), effect.milliseconds);
        return;
      case "event":
        return this.events.emit("event", effect.event);
      case "reset":
        return this.events.emit("reset", effect.position);
      case "left":
        return this.#end(effect.reason);
    }
  }

  async #watch(since: ResumePosition | undefined): Promise<void> {
    const link = ++this.#link;
    try {
      const answer = await this.callWatch(since);
      if (link === this.#link) this.step(() => this.replica.watched(answer));
    } catch (error) {
      if (link !== this.#link || (error as RealtimeError).code === "connection_failed") return;
      this.#watchError = error as RealtimeError;
      this.step(() => this.replica.watchFailed(error as RealtimeError));
    }
  }

  #notice(): void {
    this.#isReady ||= this.replica.hasBegun;
    if (this.#isReady) this.#ready.resolve();
    const { status } = this.replica;
    if (status !== this.#status) this.events.emit("syncStatus", (this.#status = status));
  }

  #end(reason: string): void {
    for (const unsubscribe of this.#unsubscribe.splice(0)) unsubscribe();
    clearTimeout(this.#retryTimer);
    this.#ready.reject(this.#watchError ?? new RealtimeError("left", `It was left: ${reason}.`));
    this.#notice();
    this.events.emit("left", reason);
  }
}
