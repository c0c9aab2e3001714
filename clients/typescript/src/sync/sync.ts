import type { Connection, ConnectionEvents } from "../connection/connection.js";
import { Emitter } from "../lib/emitter.js";
import { deferred, type Deferred } from "../lib/waiting.js";
import { RealtimeError } from "../protocol/errors.js";
import type { ResumePosition } from "../protocol/objects.js";
import type { Effect, SyncStatus } from "../replica/effects.js";
import type { ChangeOf, LogTypes } from "../replica/log.js";
import type { Replica } from "../replica/replica.js";
import type { SyncEvents } from "./events.js";
import type { SyncContext } from "./options.js";

/** Drives a replica: brings it what the server, the application and the clock say, and does what it wants done. */
export abstract class Sync<K extends LogTypes, R extends Replica<K>, E extends SyncEvents> {
  readonly #gapTimeout: number;
  readonly #ready = deferred<void>();
  readonly #calls = new Map<ChangeOf<K>, Deferred<K["ack"]>>();
  readonly #unsubscribe: (() => void)[] = [];
  #joined: K["joined"] | undefined;
  #joinError: RealtimeError | undefined;
  /** Counts connections: an answer on one that is gone is none. */
  #link = 0;
  #isConnected = false;
  #isJoined = false;
  #draining = false;
  #flushing = false;
  #status: SyncStatus = "disconnected";
  #shown: object | undefined;
  #retryTimer: ReturnType<typeof setTimeout> | undefined;
  #gapTimer: ReturnType<typeof setTimeout> | undefined;
  /** The sequence after which something is missing. */
  #gapAt: number | undefined;

  protected readonly connection: Connection;
  /** To be read only, outside `make` and `step`. */
  readonly replica: R;
  readonly events: Emitter<E>;

  constructor(replica: R, { connection, options, logger }: SyncContext) {
    this.replica = replica;
    this.connection = connection;
    this.#gapTimeout = options.gapTimeout;
    this.events = new Emitter((name, error) => logger("error", `A handler of "${String(name)}" failed.`, error));
  }

  /** The latest join's answer; `undefined` until there was one. */
  get joined(): K["joined"] | undefined {
    return this.#joined;
  }

  /** How many own changes have no answer. */
  get pending(): number {
    return this.replica.pending;
  }

  /** Whether it was not left. */
  get isHeld(): boolean {
    return this.#unsubscribe.length > 0;
  }

  /** Whether the present connection has joined. */
  get isJoined(): boolean {
    return this.#isJoined;
  }

  /** Resolves when the first state is there; fails if it is left before. */
  get ready(): Promise<void> {
    return this.#ready.promise;
  }

  /**
   * Makes a change. The promise may be ignored: `refused` tells of a failure too.
   * @returns `undefined` if there was nothing to be made.
   */
  make(act: (replica: R, madeAt: string) => ChangeOf<K>): Promise<K["ack"]>;
  make(act: (replica: R, madeAt: string) => ChangeOf<K> | undefined): Promise<K["ack"]> | undefined;
  make(act: (replica: R, madeAt: string) => ChangeOf<K> | undefined): Promise<K["ack"]> | undefined {
    const call = deferred<K["ack"]>();
    try {
      const change = act(this.replica, new Date().toISOString());
      if (!change) return undefined;
      this.#calls.set(change, call);
    } catch (error) {
      this.#tell("refused", { error: error as RealtimeError });
      call.reject(error);
    }
    this.#drain();
    this.#flush();
    return call.promise;
  }

  /** Resolves when every own change is answered, those included that are made meanwhile. */
  async answered(): Promise<void> {
    while (this.#calls.size > 0) await Promise.allSettled([...this.#calls.values()].map(call => call.promise));
  }

  /** Ends it. Resolves when the server knows, as far as it can be told. */
  async leave(): Promise<void> {
    const call = this.#isConnected ? this.callLeave() : undefined;
    this.step(() => this.replica.leave());
    await call?.catch(() => undefined);
  }

  /** What is added to every call of a change: the ids. */
  abstract get ids(): object;
  /** Calls the method that joins. */
  protected abstract callJoin(since: ResumePosition | undefined): Promise<K["joined"]>;
  /** Calls the method that leaves. */
  protected abstract callLeave(): Promise<unknown>;
  /** The server calls, perhaps about something else. */
  protected abstract hear(callback: ConnectionEvents["callback"]): void;
  /** An event has been applied. */
  protected abstract onEvent(event: K["event"]): void;
  /** What it looks like, member by member; `undefined` before the first state. */
  protected abstract look(): object | undefined;
  /** The present connection has joined. */
  protected onJoined(): void {}
  /** It was left. */
  protected onLeft(): void {}

  /** Begins to follow the connection. The last thing that a constructor does. */
  protected start(): void {
    this.#unsubscribe.push(
      this.connection.on("state", () => this.#followConnection()),
      this.connection.on("callback", callback => this.hear(callback)),
    );
    this.#followConnection();
  }

  /** Tells the replica something, and does what it wants done then. */
  protected step(act: () => void): void {
    act();
    this.#drain();
    if (this.#flushing) return;
    this.#flushing = true;
    queueMicrotask(() => {
      this.#flushing = false;
      this.#flush();
    });
  }

  #followConnection(): void {
    const isConnected = this.connection.state === "connected";
    if (isConnected) this.step(() => this.replica.connected());
    else if (this.#isConnected) this.#disconnect();
    this.#isConnected = isConnected;
  }

  #disconnect(): void {
    this.#link++;
    this.#isJoined = false;
    clearTimeout(this.#retryTimer);
    this.step(() => this.replica.disconnected());
  }

  /** Does what the replica wants done. Handlers that make changes meanwhile add to that. */
  #drain(): void {
    if (this.#draining) return;
    this.#draining = true;
    for (let effects = this.replica.takeEffects(); effects.length > 0; effects = this.replica.takeEffects()) {
      for (const effect of effects) this.#perform(effect);
    }
    this.#draining = false;
    this.#watchGap();
  }

  #perform(effect: Effect<K>): void {
    switch (effect.kind) {
      case "join":
        return void this.#join(effect.since);
      case "send":
        return void this.#send(effect.change, effect.call);
      case "wait":
        this.#retryTimer = setTimeout(() => this.step(() => this.replica.retryElapsed()), effect.milliseconds);
        return;
      case "acknowledged":
        return this.#take(effect.change)?.resolve(effect.ack);
      case "failed":
        return this.#take(effect.change)?.reject(effect.error);
      case "event":
        return this.onEvent(effect.event);
      case "reset":
        this.#tell("reset", effect.position);
        return this.#notice();
      case "refused":
        return this.#tell("refused", { error: effect.error, content: effect.change.content });
      case "left":
        return this.#end(effect.reason);
    }
  }

  async #join(since: ResumePosition | undefined): Promise<void> {
    const link = this.#link;
    this.#isJoined = false;
    try {
      const answer = await this.callJoin(since);
      if (link !== this.#link) return;
      this.#joined = answer;
      this.#isJoined = true;
      this.step(() => this.replica.joined(answer));
      this.#notice();
      this.onJoined();
    } catch (error) {
      if (link !== this.#link || (error as RealtimeError).code === "connection_failed") return;
      this.#joinError = error as RealtimeError;
      this.step(() => this.replica.joinFailed(error as RealtimeError));
    }
  }

  async #send(change: ChangeOf<K>, { method, request }: K["call"]): Promise<void> {
    const link = this.#link;
    try {
      const ack = await this.connection.invoke(method as never, { ...this.ids, ...request } as never) as K["ack"];
      if (link === this.#link) this.step(() => this.replica.acknowledged(change, ack));
    } catch (error) {
      if (link === this.#link && (error as RealtimeError).code !== "connection_failed") this.step(() => this.replica.failed(change, error as RealtimeError));
    }
  }

  #take(change: ChangeOf<K>): Deferred<K["ack"]> | undefined {
    const call = this.#calls.get(change);
    this.#calls.delete(change);
    return call;
  }

  /** The first state is there when the join is answered and its reset has come, in whichever order. */
  #notice(): void {
    if (this.#joined && this.replica.confirmed) this.#ready.resolve();
  }

  #end(reason: string): void {
    for (const unsubscribe of this.#unsubscribe.splice(0)) unsubscribe();
    clearTimeout(this.#retryTimer);
    this.#isJoined = false;
    this.onLeft();
    this.#ready.reject(this.#joinError ?? new RealtimeError("left", `It was left: ${reason}.`));
    // Nothing follows: what looks different by now is told before.
    this.#flush();
    this.#tell("left", reason);
  }

  /** A gap is one for as long as nothing comes next. */
  #watchGap(): void {
    const at = this.replica.hasGap ? this.replica.position.sequence : undefined;
    if (at === this.#gapAt) return;
    this.#gapAt = at;
    clearTimeout(this.#gapTimer);
    if (at !== undefined) this.#gapTimer = setTimeout(() => this.step(() => this.replica.gapElapsed()), this.#gapTimeout);
  }

  /** Tells what looks different. */
  #flush(): void {
    const { status } = this.replica;
    if (status !== this.#status) this.#tell("syncStatus", (this.#status = status));
    const shown = this.look();
    if (!shown || (this.#shown && sameMembers(this.#shown, shown))) return;
    this.#shown = shown;
    this.#tell("change", shown);
  }

  /** Whatever a kind tells besides, it tells these. */
  #tell<N extends keyof SyncEvents>(name: N, value: SyncEvents[N]): void {
    (this.events as unknown as Emitter<SyncEvents>).emit(name, value);
  }
}

function sameMembers(left: object, right: object): boolean {
  return Object.entries(right).every(([name, value]) => value === (left as Record<string, unknown>)[name]);
}
