import { waitFor } from "../lib/waiting.js";
import { LiveSession } from "../session/live-session.js";
import type { JoinSessionRequest, LeaveOptions } from "../session/options.js";
import { SessionSync, type SessionContext } from "../session/session-sync.js";

/** A session and how often it was joined. */
export interface HeldSession {
  readonly key: string;
  readonly sync: SessionSync;
  readonly session: LiveSession;
  holders: number;
}

/** The joined sessions of a client: one for each, however often it was joined. */
export class Sessions {
  readonly #context: SessionContext;
  readonly #held = new Map<string, HeldSession>();
  /** Sessions that the server is just being told to leave. */
  readonly #leaving = new Map<string, Promise<void>>();

  constructor(context: SessionContext) {
    this.#context = context;
  }

  /** The session, made if it is not there. Each hold wants one release. */
  async hold(request: JoinSessionRequest): Promise<HeldSession> {
    const key = `${request.applicationId}/${request.sessionId}`;
    await this.#leaving.get(key);
    const held = this.#held.get(key) ?? this.#make(key, request);
    held.holders++;
    return held;
  }

  /** Gives a hold back; with the last one the session is left. */
  async release(held: HeldSession, { timeout = 5_000 }: LeaveOptions): Promise<void> {
    if (held.holders > 0) held.holders--;
    if (held.holders > 0 || !this.#isHeld(held)) return;
    if (held.session.pendingChanges > 0) await waitFor(held.sync.answered(), undefined, timeout).catch(() => undefined);
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

  #make(key: string, request: JoinSessionRequest): HeldSession {
    const sync = new SessionSync(request, this.#context);
    const session = new LiveSession(sync, this.#context.options, options => this.release(held, options));
    const held: HeldSession = { key, sync, session, holders: 0 };
    this.#held.set(key, held);
    sync.events.on("left", () => this.#held.delete(key));
    return held;
  }

  #isHeld(held: HeldSession): boolean {
    return this.#held.get(held.key) === held;
  }
}
