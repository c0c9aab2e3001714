import { Emitter } from "../lib/emitter.js";
import { freezeJson } from "../lib/json.js";
import type { Logger } from "../lib/log.js";
import { deferred } from "../lib/waiting.js";
import { RealtimeError } from "../protocol/errors.js";
import type { ListSessionsRequest } from "../protocol/methods.js";
import type { Session } from "../protocol/objects.js";
import { Backoff } from "../replica/backoff.js";
import type { SyncStatus } from "../replica/effects.js";
import { SessionList, type PageCall, type SessionCall, type SessionListView } from "../replica/session/session-list.js";
import type { LeaveOptions } from "../sync/options.js";
import type { ApplicationWatch } from "./application-watch.js";

/** Which sessions to list and to keep listed. */
export interface WatchSessionsRequest extends Omit<ListSessionsRequest, "cursor"> {}

/** What a live list of sessions tells, by name. */
export interface SessionListEvents {
  /** It looks different; once for all that comes together. */
  change: SessionListView;
  /** The status has changed. */
  syncStatus: SyncStatus;
  /** It was left: `left`, `deleted` (the application), or the code that refused to watch or list again. Nothing follows. */
  left: string;
}

/** Keeps a list of sessions: brings it what the application's feed tells, and reads what it wants read. */
export class SessionListSync {
  readonly #watch: ApplicationWatch;
  readonly #request: WatchSessionsRequest;
  readonly #release: (options: LeaveOptions) => Promise<void>;
  readonly #list: SessionList;
  readonly #backoff = new Backoff();
  readonly #ready = deferred<void>();
  readonly #unsubscribe: (() => void)[];
  /** Whether a call has failed, so that it is to be read anew. */
  #isStale = false;
  #isLeft = false;
  #flushing = false;
  #status: SyncStatus = "disconnected";
  #shown: SessionListView | undefined;
  #retryTimer: ReturnType<typeof setTimeout> | undefined;
  #loading: Promise<void> | undefined;

  readonly events: Emitter<SessionListEvents>;

  /**
   * @param watch The watch of the application, which has begun.
   * @param release Gives the watch back.
   */
  constructor(watch: ApplicationWatch, request: WatchSessionsRequest, logger: Logger, release: (options: LeaveOptions) => Promise<void>) {
    this.#watch = watch;
    this.#request = request;
    this.#release = release;
    const { status = "open", properties = {}, limit = 100 } = request;
    this.#list = new SessionList({ status, properties }, limit);
    this.events = new Emitter((name, error) => logger("error", `A handler of "${name}" failed.`, error));
    this.#unsubscribe = [
      watch.events.on("event", event => this.#step(() => this.#list.event(event))),
      watch.events.on("reset", () => this.#begin()),
      watch.events.on("syncStatus", () => this.#follow()),
      watch.events.on("left", reason => this.#end(reason)),
    ];
    this.#begin();
  }

  get applicationId(): string {
    return this.#watch.applicationId;
  }

  /** `undefined` before the first pages are there. */
  get view(): SessionListView | undefined {
    return this.#list.view;
  }

  get syncStatus(): SyncStatus {
    if (this.#isLeft) return "disconnected";
    const { syncStatus } = this.#watch;
    return syncStatus !== "synchronized" || (this.#list.isRight && !this.#isStale) ? syncStatus : "synchronizing";
  }

  /** Resolves when the first pages are there; fails if it is left before. */
  get ready(): Promise<void> {
    return this.#ready.promise;
  }

  /** Reads the next page; a call while one is under way is that one. */
  loadMore(limit: number | undefined): Promise<void> {
    return (this.#loading ??= this.#load(limit).finally(() => (this.#loading = undefined)));
  }

  /** Ends it. */
  async leave(options: LeaveOptions = {}): Promise<void> {
    if (this.#isLeft) return;
    this.#end("left");
    await this.#release(options);
  }

  #begin(): void {
    this.#isStale = false;
    clearTimeout(this.#retryTimer);
    this.#step(() => this.#list.begin());
  }

  #follow(): void {
    if (this.#isStale && this.#watch.syncStatus === "synchronized") this.#begin();
    this.#flushSoon();
  }

  #step(act: () => void): void {
    act();
    for (const call of this.#list.takeCalls()) {
      if ("sessionId" in call) void this.#readSession(call);
      else if (call.isAnew) void this.#readPage(call).catch((error: RealtimeError) => this.#fail(error));
    }
    this.#flushSoon();
  }

  async #load(limit: number | undefined): Promise<void> {
    let call: PageCall | undefined;
    this.#step(() => (call = this.#list.more(limit)));
    if (!call) return;
    try {
      await this.#readPage(call);
    } catch (error) {
      this.#list.abandon(call);
      throw error;
    }
  }

  async #readPage(call: PageCall): Promise<void> {
    const { limit, cursor } = call;
    const { applicationId, status, properties } = this.#request;
    const page = await this.#watch.invoke("ListSessions", {
      applicationId, ...(status && { status }), ...(properties && { properties }), limit, ...(cursor !== undefined && { cursor }),
    });
    if (this.#isLeft) return;
    this.#backoff.reset();
    this.#step(() => this.#list.listed(call, freezeJson(page)));
    if (this.#list.view) this.#ready.resolve();
  }

  async #readSession(call: SessionCall): Promise<void> {
    let session: Session | undefined;
    try {
      session = freezeJson(await this.#watch.invoke("GetSession", { applicationId: this.applicationId, sessionId: call.sessionId }));
    } catch (error) {
      if (!isNotFound(error as RealtimeError)) return this.#fail(error as RealtimeError, true);
    }
    if (!this.#isLeft) this.#step(() => this.#list.told(call, session));
  }

  /** What could not be read is missing: all of it is read anew, when it can be. */
  #fail(error: RealtimeError, isRetried = error.retryable): void {
    if (this.#isLeft) return;
    if (!isRetried) {
      this.#ready.reject(error);
      this.#end(error.code);
      return void this.#release({});
    }
    this.#isStale = true;
    this.#flushSoon();
    if (error.code === "connection_failed") return;
    clearTimeout(this.#retryTimer);
    this.#retryTimer = setTimeout(() => this.#follow(), this.#backoff.next([error]));
  }

  #end(reason: string): void {
    if (this.#isLeft) return;
    this.#isLeft = true;
    for (const unsubscribe of this.#unsubscribe) unsubscribe();
    clearTimeout(this.#retryTimer);
    this.#ready.reject(new RealtimeError("left", `It was left: ${reason}.`));
    // Nothing follows: what looks different by now is told before.
    this.#flush();
    this.events.emit("left", reason);
  }

  #flushSoon(): void {
    if (this.#flushing) return;
    this.#flushing = true;
    queueMicrotask(() => {
      this.#flushing = false;
      this.#flush();
    });
  }

  /** Tells what looks different. */
  #flush(): void {
    const { syncStatus, view } = this;
    if (syncStatus !== this.#status) this.events.emit("syncStatus", (this.#status = syncStatus));
    if (!view || view === this.#shown) return;
    this.#shown = view;
    this.events.emit("change", view);
  }
}

/** Whether there is no such session for the caller. */
function isNotFound({ code }: RealtimeError): boolean {
  return code === "session_not_found" || code === "application_not_found";
}
