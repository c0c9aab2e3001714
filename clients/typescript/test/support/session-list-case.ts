import { expect } from "vitest";
import { freezeJson } from "../../src/lib/json.js";
import { RealtimeError } from "../../src/protocol/errors.js";
import type { ApplicationEvent } from "../../src/protocol/application-event.js";
import type { Participant, Session } from "../../src/protocol/objects.js";
import { SessionList, type PageCall, type SessionCall } from "../../src/replica/session/session-list.js";
import { eventId, madeAt, type ReplicaCase, type Step } from "./replica-case.js";

/** A session, in short. */
interface Told {
  readonly id: string;
  readonly at: number;
  readonly name?: string;
  readonly status?: Session["status"];
  readonly properties?: Readonly<Record<string, string>>;
  readonly participants?: readonly string[];
}

/** An event of a feed, in short. */
interface Event extends Omit<Told, "at" | "participants"> {
  readonly type: string;
  readonly sequence: number;
  readonly participant?: string;
  readonly role?: string;
  readonly whole?: Told;
}

/** A case for lists of sessions. */
export interface SessionListCase extends ReplicaCase {
  readonly list?: { readonly status?: Session["status"]; readonly properties?: Record<string, string>; readonly limit?: number };
}

/** Runs one of tests/vectors/session-lists (README.md there) and checks what it expects. */
export function runSessionListCase({ list: { status = "open", properties = {}, limit = 100 } = {}, steps }: SessionListCase): void {
  const run = new Run(new SessionList({ status, properties }, limit));
  steps.forEach((step, index) => {
    const where = `step ${index + 1}: ${JSON.stringify(step)}`;
    const before = run.sessions;
    const calls = run.take(step);
    const { expect: expected } = step;
    if (!expected) return;
    for (const name of ["pages", "sessions"] as const) expect(calls[name], `${name}, ${where}`).toEqual(expected[name] ?? []);
    const { sessions } = run;
    const state = {
      ids: sessions.map(({ sessionId }) => sessionId), names: sessions.map(({ name }) => name), hasMore: run.list.view?.hasMore, right: run.list.isRight,
      participants: sessions.flatMap(({ participants }) => participants.map(({ id }) => id)), same: sessions.filter(session => before.includes(session)).map(({ sessionId }) => sessionId),
    };
    for (const name of ["ids", "names", "hasMore", "right", "participants", "same"] as const) if (name in expected) expect(state[name], `${name}, ${where}`).toEqual(expected[name]);
  });
}

class Run {
  readonly list: SessionList;
  readonly #pages: PageCall[] = [];
  readonly #sessions: SessionCall[] = [];

  constructor(list: SessionList) {
    this.list = list;
  }

  get sessions(): readonly Session[] {
    return this.list.view?.sessions ?? [];
  }

  take(step: Step) {
    this.#act(step);
    const calls = this.list.takeCalls();
    const pages = calls.filter((call): call is PageCall => !("sessionId" in call));
    const sessions = calls.filter((call): call is SessionCall => "sessionId" in call);
    this.#pages.push(...pages);
    this.#sessions.push(...sessions);
    return { pages: pages.map(({ isAnew: _, ...page }) => page), sessions: sessions.map(({ sessionId }) => sessionId) };
  }

  #act(step: Step): void {
    const { list } = this;
    if (step.begin) list.begin();
    else if (step.more) list.more(typeof step.more === "number" ? step.more : undefined);
    else if (step.page) {
      const { sessions, ...more } = step.page as { sessions: readonly Told[]; cursor?: string };
      list.listed(this.#pages.shift()!, freezeJson({ ...more, sessions: sessions.map(sessionOf) }));
    } else if (step.fail) list.abandon(this.#pages.shift()!);
    else if ("session" in step) list.told(this.#sessions.shift()!, step.session ? sessionOf(step.session as Told) : undefined);
    else if (step.event) list.event(eventOf(step.event as Event));
    else throw new RealtimeError("unexpected", `An unknown step: ${JSON.stringify(step)}`);
  }
}

function sessionOf({ id, at, participants = ["alice", "bob"], ...given }: Told): Session {
  // The server writes no zeros at the end of a second's digits.
  const createdAt = new Date(Date.UTC(2026, 0, 1) + at * 1_000).toISOString().replace(/\.?0*Z$/, "Z");
  return freezeJson({
    applicationId: "demo", sessionId: id, status: "open", isDraft: false, version: 1, name: id, description: "", participants: participants.map(user => ({ id: user })),
    createdBy: "alice", createdAt, modifiedBy: "alice", modifiedAt: madeAt, properties: {}, ...given,
  });
}

function eventOf({ type, id, sequence, name, properties, participant, role, whole }: Event): ApplicationEvent {
  const part = type === "updated" ? { name } : type === "properties_updated" ? { properties } : type === "closed" ? { status: "closed" } : undefined;
  const session = whole ? sessionOf(whole) : part;
  const entry: Participant | undefined = participant === undefined ? undefined : { id: participant, ...(role !== undefined && { role }) };
  return freezeJson({
    eventType: `session_${type}`, applicationId: "demo", sessionId: id, sequence, eventId: eventId(sequence), createdAt: madeAt, timestamp: madeAt, source: "hub", userId: "bob", version: 1,
    feed: { epoch: "F1", sequence }, ...(session && { session }), ...(entry && { participant: entry }),
  } as unknown as ApplicationEvent);
}
