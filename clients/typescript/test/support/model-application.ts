import { freezeJson } from "../../src/lib/json.js";
import type { ApplicationEvent } from "../../src/protocol/application-event.js";
import type { Session } from "../../src/protocol/objects.js";
import { foldInfo } from "../../src/replica/session/info.js";
import { byAge, matches, type SessionFilter } from "../../src/replica/session/session-filter.js";
import { position, sessionOf } from "./fake-feed.js";
import type { Random } from "./random.js";

type Change = Exclude<ApplicationEvent, { eventType: "session_created" | "session_deleted" }>;

/** An application on a server, as far as bob, who is in some of its sessions, and its feed are concerned. */
export class ModelApplication {
  readonly #random: Random;
  readonly #sessions = new Map<string, { session: Session; sequence: number }>();
  readonly #told: { readonly before: Session | undefined; readonly after: Session | undefined; readonly event: ApplicationEvent }[] = [];
  #made = 0;

  constructor(random: Random) {
    this.#random = random;
  }

  /** How far the feed goes. */
  get sequence(): number {
    return this.#told.length;
  }

  /** What a watch is told at a place of the feed; `undefined`: nothing. */
  at(sequence: number, properties: SessionFilter["properties"]): ApplicationEvent | undefined {
    const { before, after, event } = this.#told[sequence - 1]!;
    const sees = (session: Session | undefined) => session !== undefined && isSeen(session) && matches({ status: session.status, properties }, session);
    if (sees(before)) return event;
    return sees(after) ? freezeJson({ ...event, session: after! } as ApplicationEvent) : undefined;
  }

  /** `GetSession`. */
  read(sessionId: string): Session | undefined {
    const held = this.#sessions.get(sessionId)?.session;
    return held && isSeen(held) ? held : undefined;
  }

  /** `ListSessions`. */
  list(filter: SessionFilter, limit = Infinity, cursor?: string): { readonly sessions: readonly Session[]; readonly cursor?: string } {
    const all = [...this.#sessions.values()].map(({ session }) => session).filter(session => isSeen(session) && matches(filter, session)).sort(byAge);
    const from = cursor === undefined ? 0 : all.findIndex(session => keyOf(session) < cursor);
    const sessions = from < 0 ? [] : all.slice(from, from + limit);
    return from < 0 || from + limit >= all.length ? { sessions } : { sessions, cursor: keyOf(sessions.at(-1)!) };
  }

  /** Something changes. */
  change(): void {
    const random = this.#random;
    const ids = [...this.#sessions.keys()];
    if (ids.length === 0 || random.chance(0.4)) return this.#create();
    const sessionId = random.pick(ids);
    const { session } = this.#sessions.get(sessionId)!;
    if (random.chance(0.04)) return this.#delete(sessionId);
    const participant = { id: random.pick(["bob", "carol"]) };
    const change = random.pick([
      { eventType: "session_updated", session: { name: `n${this.sequence}` } },
      { eventType: "session_properties_updated", session: { properties: { room: random.pick(["red", "blue"]) } } },
      { eventType: "session_participant_added", participant: random.chance(0.3) ? { ...participant, role: "Viewer" } : participant },
      { eventType: "session_participant_removed", participant },
      { eventType: "session_closed", session: { status: "closed" } },
    ] as const);
    if (session.status === "closed" && change.eventType !== "session_participant_removed") return;
    if (change.eventType === "session_closed" && random.chance(0.5)) return;
    const event = this.#event(sessionId, change) as Change;
    this.#tell(sessionId, foldInfo(session, event), event);
  }

  #create(): void {
    const random = this.#random;
    const sessionId = `s${++this.#made}`;
    const participants = [{ id: "alice" }, ...(random.chance(0.7) ? [{ id: "bob" }] : [])];
    const session = freezeJson(sessionOf(sessionId, Math.min(59, this.#made >> 1), { participants, properties: { room: random.pick(["red", "blue"]) } }));
    this.#tell(sessionId, session, this.#event(sessionId, { eventType: "session_created", session }));
  }

  #delete(sessionId: string): void {
    this.#tell(sessionId, undefined, this.#event(sessionId, { eventType: "session_deleted" }));
  }

  #event(sessionId: string, change: object): ApplicationEvent {
    const feed = position(this.sequence + 1);
    const sequence = (this.#sessions.get(sessionId)?.sequence ?? 0) + 1;
    return freezeJson({ sessionId, sequence, eventId: `e${feed.sequence}`, createdAt: `2026-01-01T00:00:${this.sequence % 60}Z`, userId: "alice", feed, ...change } as unknown as ApplicationEvent);
  }

  #tell(sessionId: string, after: Session | undefined, event: ApplicationEvent): void {
    this.#told.push({ before: this.#sessions.get(sessionId)?.session, after, event });
    if (after) this.#sessions.set(sessionId, { session: after, sequence: event.sequence });
    else this.#sessions.delete(sessionId);
  }
}

function isSeen({ participants }: Session): boolean {
  return participants.some(({ id }) => id === "bob");
}

/** Later ones have higher keys. */
function keyOf({ createdAt, sessionId }: Session): string {
  return `${createdAt}-${sessionId}`;
}
