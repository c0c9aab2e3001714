import type { Connection } from "../connection/connection.js";
import { Emitter } from "../lib/emitter.js";
import { freezeJson } from "../lib/json.js";
import type { Logger } from "../lib/log.js";
import { deferred, quiet, type Deferred } from "../lib/waiting.js";
import { RealtimeError } from "../protocol/errors.js";
import type { Methods, SessionRequest } from "../protocol/methods.js";
import type { Ack, JoinedSession, ResumePosition, SessionLeft, SessionPresence, SessionReset, SessionSignal } from "../protocol/objects.js";
import { eventCallbacks, type SessionEvent } from "../protocol/session-event.js";
import type { Change } from "../replica/change.js";
import type { ChangeCall, Effect, SyncStatus } from "../replica/effects.js";
import { Replica } from "../replica/replica.js";
import type { SessionEvents } from "./events.js";
import type { JoinSessionRequest, SessionOptions } from "./options.js";
import { Presence } from "./presence.js";
import { newWriterId } from "./writer-id.js";

const eventNames: ReadonlySet<string> = new Set(Object.values(eventCallbacks));

/** What a session stands on. */
export interface SessionContext {
  readonly connection: Connection;
  readonly options: SessionOptions;
  readonly messagePack: boolean;
  readonly logger: Logger;
}

/** Drives a replica: brings it what the server, the application and the clock say, and does what it wants done. */
export class SessionSync {
  readonly #connection: Connection;
  readonly #options: SessionOptions;
  readonly #request: JoinSessionRequest;
  readonly #replica: Replica;
  readonly #ready = deferred<void>();
  readonly #calls = new Map<Change, Deferred<Ack>>();
  readonly #unsubscribe: (() => void)[] = [];
  #joined: JoinedSession | undefined;
  #joinError: RealtimeError | undefined;
  /** Counts connections: an answer on one that is gone is none. */
  #link = 0;
  #isConnected = false;
  #isJoined = false;
  #draining = false;
  #flushing = false;
  #status: SyncStatus = "disconnected";
  #shown: unknown[] = [];
  #retryTimer: ReturnType<typeof setTimeout> | undefined;
  #gapTimer: ReturnType<typeof setTimeout> | undefined;
  /** The sequence after which something is missing. */
  #gapAt: number | undefined;

  readonly events: Emitter<SessionEvents>;
  readonly presence: Presence;

  constructor(request: JoinSessionRequest, { connection, options, messagePack, logger }: SessionContext) {
    this.#request = request;
    this.#connection = connection;
    this.#options = options;
    this.#replica = new Replica({ options, messagePack, drawWriterId: newWriterId });
    this.events = new Emitter((name, error) => logger("error", `A handler of "${name}" failed.`, error));
    this.presence = new Presence(request.presence ?? false, state => connection.invoke("UpdatePresence", { ...this.ids, state }));
    this.#unsubscribe.push(
      connection.on("state", () => this.#followConnection()),
      connection.on("callback", ({ name, payload }) => this.#hear(name, payload as SessionRequest)),
    );
    this.#followConnection();
  }

  /** Which session. */
  get ids(): SessionRequest {
    return { applicationId: this.#request.applicationId, sessionId: this.#request.sessionId };
  }

  /** To be read only. */
  get replica(): Replica {
    return this.#replica;
  }

  /** The latest join's answer; `undefined` until there was one. */
  get joined(): JoinedSession | undefined {
    return this.#joined;
  }

  /** Whether the session was not left. */
  get isHeld(): boolean {
    return this.#unsubscribe.length > 0;
  }

  /** Whether the present connection has joined. */
  get isJoined(): boolean {
    return this.#isJoined;
  }

  /** Resolves when the first state is there; fails if the session is left before. */
  get ready(): Promise<void> {
    return this.#ready.promise;
  }

  /**
   * Makes a change. The promise may be ignored: `refused` tells of a failure too.
   * @returns `undefined` if there was nothing to be made.
   */
  make(act: (replica: Replica, madeAt: string) => Change): Promise<Ack>;
  make(act: (replica: Replica, madeAt: string) => Change | undefined): Promise<Ack> | undefined;
  make(act: (replica: Replica, madeAt: string) => Change | undefined): Promise<Ack> | undefined {
    const call = deferred<Ack>();
    try {
      const change = act(this.#replica, new Date().toISOString());
      if (!change) return undefined;
      this.#calls.set(change, call);
    } catch (error) {
      this.events.emit("refused", { error: error as RealtimeError });
      call.reject(error);
    }
    this.#drain();
    this.#flush();
    return call.promise;
  }

  /** A page of the events in the log. */
  async listEvents(after: number, limit: number): Promise<Methods["ListSessionEvents"][1]> {
    return this.#connection.invoke("ListSessionEvents", { ...this.ids, after, limit });
  }

  /** Sends a signal. */
  async signal(signal: Omit<Methods["SendSignal"][0], keyof SessionRequest>): Promise<void> {
    await this.#connection.invoke("SendSignal", { ...this.ids, ...signal });
  }

  /** Resolves when every own change is answered. */
  async answered(): Promise<void> {
    await Promise.allSettled([...this.#calls.values()].map(call => call.promise));
  }

  /** Ends it. Resolves when the server knows, as far as it can be told. */
  async leave(): Promise<void> {
    const call = this.#isConnected ? this.#connection.invoke("LeaveSession", this.ids) : undefined;
    this.#step(() => this.#replica.leave());
    await call?.catch(() => undefined);
  }

  #followConnection(): void {
    const isConnected = this.#connection.state === "connected";
    if (isConnected) this.#step(() => this.#replica.connected());
    else if (this.#isConnected) this.#disconnect();
    this.#isConnected = isConnected;
  }

  #disconnect(): void {
    this.#link++;
    this.#isJoined = false;
    clearTimeout(this.#retryTimer);
    this.#step(() => this.#replica.disconnected());
  }

  #hear(name: string, payload: SessionRequest): void {
    if (payload.sessionId !== this.#request.sessionId || payload.applicationId !== this.#request.applicationId) return;
    freezeJson(payload);
    if (eventNames.has(name)) this.#step(() => this.#replica.event(payload as SessionEvent));
    else if (name === "SessionReset") this.#step(() => this.#replica.reset(payload as SessionReset));
    else if (name === "SessionLeft") this.#step(() => this.#replica.sessionLeft((payload as SessionLeft).reason));
    else if (name === "SessionSignal") this.events.emit("signal", payload as SessionSignal);
    else if (this.presence.hear((payload as SessionPresence).people, name === "SessionPresenceUpdated")) this.events.emit("presence", this.presence.people);
  }

  #step(act: () => void): void {
    act();
    this.#drain();
    if (this.#flushing) return;
    this.#flushing = true;
    queueMicrotask(() => {
      this.#flushing = false;
      this.#flush();
    });
  }

  /** Does what the replica wants done. Handlers that make changes meanwhile add to that. */
  #drain(): void {
    if (this.#draining) return;
    this.#draining = true;
    for (let effects = this.#replica.takeEffects(); effects.length > 0; effects = this.#replica.takeEffects()) {
      for (const effect of effects) this.#perform(effect);
    }
    this.#draining = false;
    this.#watchGap();
  }

  #perform(effect: Effect): void {
    switch (effect.kind) {
      case "join":
        return void this.#join(effect.since);
      case "send":
        return void this.#send(effect.change, effect.call);
      case "wait":
        this.#retryTimer = setTimeout(() => this.#step(() => this.#replica.retryElapsed()), effect.milliseconds);
        return;
      case "acknowledged":
        return this.#take(effect.change)?.resolve(effect.ack);
      case "failed":
        return this.#take(effect.change)?.reject(effect.error);
      case "event":
        return this.events.emit("event", effect.event);
      case "reset":
        this.events.emit("reset", effect.position);
        return this.#notice();
      case "refused":
        return this.events.emit("refused", { error: effect.error, content: effect.change.content });
      case "left":
        return this.#end(effect.reason);
    }
  }

  async #join(since: ResumePosition | undefined): Promise<void> {
    const link = this.#link;
    const { conflate = false } = this.#request;
    try {
      const answer = await this.#connection.invoke("JoinSession", { ...this.ids, ...(since && { since }), conflate, presence: this.presence.joining });
      if (link !== this.#link) return;
      this.#joined = answer;
      this.#isJoined = true;
      this.#step(() => this.#replica.joined(answer));
      this.#notice();
      void quiet(this.presence.flush());
    } catch (error) {
      if (link !== this.#link || (error as RealtimeError).code === "connection_failed") return;
      this.#joinError = error as RealtimeError;
      this.#step(() => this.#replica.joinFailed(error as RealtimeError));
    }
  }

  async #send(change: Change, { method, request }: ChangeCall): Promise<void> {
    const link = this.#link;
    try {
      const ack = await this.#connection.invoke(method, { ...this.ids, ...request } as never) as Ack;
      if (link === this.#link) this.#step(() => this.#replica.acknowledged(change, ack));
    } catch (error) {
      if (link === this.#link && (error as RealtimeError).code !== "connection_failed") this.#step(() => this.#replica.failed(change, error as RealtimeError));
    }
  }

  #take(change: Change): Deferred<Ack> | undefined {
    const call = this.#calls.get(change);
    this.#calls.delete(change);
    return call;
  }

  /** The first state is there when the join is answered and its reset has come, in whichever order. */
  #notice(): void {
    if (this.#joined && this.#replica.confirmed) this.#ready.resolve();
  }

  #end(reason: string): void {
    for (const unsubscribe of this.#unsubscribe.splice(0)) unsubscribe();
    clearTimeout(this.#retryTimer);
    this.#isJoined = false;
    this.presence.forget();
    this.#ready.reject(this.#joinError ?? new RealtimeError("left", `The session was left: ${reason}.`));
    this.events.emit("left", reason);
  }

  /** A gap is one for as long as nothing comes next. */
  #watchGap(): void {
    const at = this.#replica.hasGap ? this.#replica.position.sequence : undefined;
    if (at === this.#gapAt) return;
    this.#gapAt = at;
    clearTimeout(this.#gapTimer);
    if (at !== undefined) this.#gapTimer = setTimeout(() => this.#step(() => this.#replica.gapElapsed()), this.#options.gapTimeout);
  }

  /** Tells what looks different. */
  #flush(): void {
    const { view: data, confirmed, status } = this.#replica;
    if (status !== this.#status) this.events.emit("syncStatus", (this.#status = status));
    if (!confirmed || (data === this.#shown[0] && confirmed.session === this.#shown[1])) return;
    this.#shown = [data, confirmed.session];
    this.events.emit("change", { data, info: confirmed.session });
  }
}
