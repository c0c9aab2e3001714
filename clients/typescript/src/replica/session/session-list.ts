import { sameJson, type Json } from "../../lib/json.js";
import { wholeSession, type ApplicationEvent } from "../../protocol/application-event.js";
import type { Session } from "../../protocol/objects.js";
import { foldInfo } from "./info.js";
import { byAge, canHide, canShow, matches, type SessionFilter } from "./session-filter.js";

/** Sessions as a list shows them. */
export interface SessionListView {
  /** Newest first. */
  readonly sessions: readonly Session[];
  /** Whether there are older ones, not loaded. */
  readonly hasMore: boolean;
}

/** A page that is to be read: `ListSessions`. */
export interface PageCall {
  readonly limit: number;
  /** Absent: it begins with the newest. */
  readonly cursor?: string;
  /** Whether the list is read anew; else more of it. */
  readonly isAnew: boolean;
}

/** A session that is to be read, since only that tells whether the list has it: `GetSession`. */
export interface SessionCall {
  readonly sessionId: string;
  /** The event that raised the question: what is read has it. */
  readonly sequence: number;
  /** What was heard of the session since. */
  readonly heard: ApplicationEvent[];
}

interface Entry {
  readonly session: Session;
  /** The event up to which it is known to be true; 0: it was listed. */
  readonly sequence: number;
}

/** How many sessions the server gives in a page at most. */
const largestPage = 1_000;

/** How much may be heard while a page is read; beyond, it is read anew, since it will have all of that. */
const maximumHeard = 10_000;

/**
 * A list of sessions, newest first, as far as it was loaded, kept up to date by the feed of their application (clients/REPLICA.md, Feeds). A fold without clock or network: it is told
 * what was heard and read, and `takeCalls` says what is to be read.
 */
export class SessionList {
  readonly #filter: SessionFilter;
  readonly #limit: number;
  #entries = new Map<string, Entry>();
  #cursor: string | undefined;
  /** The last one of the last page: what is older is not loaded. `undefined`: all are loaded. */
  #end: Session | undefined;
  #calls: (PageCall | SessionCall)[] = [];
  #page: PageCall | undefined;
  /** What was heard since the page was asked for. */
  #heard: ApplicationEvent[] = [];
  /** What was read anew so far, while there are pages to come. */
  #anew = new Map<string, Entry>();
  readonly #asked = new Map<string, SessionCall>();
  #view: SessionListView | undefined;
  #isListed = false;

  /** @param limit How many sessions a page holds, 1 to 1,000. */
  constructor(filter: SessionFilter, limit: number) {
    this.#filter = filter;
    this.#limit = limit;
  }

  /** What is shown, the same object for as long as nothing has changed; `undefined` before it was first read. */
  get view(): SessionListView | undefined {
    if (!this.#isListed) return undefined;
    return (this.#view ??= Object.freeze({
      sessions: Object.freeze(Array.from(this.#entries.values(), ({ session }) => session).sort(byAge)), hasMore: this.#cursor !== undefined,
    }));
  }

  /** Whether nothing is to be read before it is right. */
  get isRight(): boolean {
    return this.#isListed && !this.#page?.isAnew && this.#asked.size === 0;
  }

  /** What is to be read since the last call. */
  takeCalls(): readonly (PageCall | SessionCall)[] {
    const calls = this.#calls;
    this.#calls = [];
    return calls;
  }

  /** Reads it anew, as far as it was loaded; what was there stays shown until then. */
  begin(): void {
    this.#asked.clear();
    this.#anew.clear();
    this.#read({ limit: Math.min(largestPage, this.#wanted), isAnew: true });
  }

  /** Reads the next page. Returns `undefined` if there is none, or something is being read. */
  more(limit = this.#limit): PageCall | undefined {
    return this.#page || this.#cursor === undefined ? undefined : this.#read({ limit, cursor: this.#cursor, isAnew: false });
  }

  /** The application's feed tells. */
  event(event: ApplicationEvent): void {
    if (this.#page && this.#heard.push(event) > maximumHeard) return this.begin();
    if (!this.#page?.isAnew) this.#apply(event);
  }

  /** A page was read. */
  listed(call: PageCall, { sessions, cursor }: { readonly sessions: readonly Session[]; readonly cursor?: string }): void {
    if (call !== this.#page) return;
    const into = call.isAnew ? this.#anew : this.#entries;
    for (const session of sessions) if (!into.has(session.sessionId)) into.set(session.sessionId, { session: this.#share(session), sequence: 0 });
    if (call.isAnew && cursor !== undefined && into.size < this.#wanted) {
      const heard = this.#heard;
      this.#read({ limit: Math.min(largestPage, this.#wanted - into.size), cursor, isAnew: true });
      this.#heard = heard;
      return;
    }
    const heard = this.#heard;
    this.#stop();
    this.#entries = into;
    this.#cursor = cursor;
    this.#end = cursor === undefined ? undefined : sessions.at(-1);
    this.#isListed = true;
    this.#view = undefined;
    for (const event of heard) this.#apply(event);
  }

  /** A session was read; `undefined`: there is none, or it may not be read. */
  told(call: SessionCall, session: Session | undefined): void {
    const { sessionId, sequence, heard } = call;
    if (this.#asked.get(sessionId) !== call) return;
    this.#asked.delete(sessionId);
    if (session) this.#put(session, sequence);
    else this.#remove(sessionId);
    for (const event of heard) this.#apply(event);
  }

  /** A page of more could not be read. */
  abandon(call: PageCall): void {
    if (call === this.#page) this.#stop();
  }

  get #wanted(): number {
    return Math.max(this.#limit, this.#entries.size);
  }

  #read(call: PageCall): PageCall {
    this.#page = call;
    this.#heard = [];
    this.#calls.push(call);
    return call;
  }

  #stop(): void {
    this.#page = undefined;
    this.#heard = [];
    this.#anew = new Map();
  }

  /** Events may be older than what was listed: they say what is so in the end, whatever was there, so each does no harm. */
  #apply(event: ApplicationEvent): void {
    const { sessionId, sequence } = event;
    const held = this.#entries.get(sessionId);
    const asked = this.#asked.get(sessionId);
    asked?.heard.push(event);
    if (held && sequence <= held.sequence) return;
    const whole = wholeSession(event);
    if (event.eventType === "session_deleted") this.#remove(sessionId);
    else if (event.eventType === "session_created") {
      if (!held) this.#put(event.session as Session, sequence);
    } else if (whole) this.#put(whole, sequence);
    else if (held) {
      this.#put(foldInfo(held.session, event), sequence);
      if (!asked && canHide(held.session, event)) this.#ask(event);
    } else if (!asked && canShow(this.#filter, event)) this.#ask(event);
  }

  #ask({ sessionId, sequence }: ApplicationEvent): void {
    const call: SessionCall = { sessionId, sequence, heard: [] };
    this.#asked.set(sessionId, call);
    this.#calls.push(call);
  }

  /** Shows a session in its place, if it is one of the list's that are loaded. */
  #put(session: Session, sequence: number): void {
    const isBeyond = this.#end !== undefined && byAge(session, this.#end) > 0;
    if (isBeyond || !matches(this.#filter, session)) return this.#remove(session.sessionId);
    const shared = this.#share(session);
    if (this.#entries.get(session.sessionId)?.session !== shared) this.#view = undefined;
    this.#entries.set(session.sessionId, { session: shared, sequence });
  }

  #remove(sessionId: string): void {
    if (this.#entries.delete(sessionId)) this.#view = undefined;
  }

  /** What is equal stays the same object. */
  #share(session: Session): Session {
    const held = this.#entries.get(session.sessionId)?.session;
    return held && sameJson(held as unknown as Json, session as unknown as Json) ? held : session;
  }
}
