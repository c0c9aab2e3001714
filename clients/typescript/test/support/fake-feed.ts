import type { ApplicationEvent } from "../../src/protocol/application-event.js";
import type { Session } from "../../src/protocol/objects.js";
import { settle, type FakeCall, type FakeHub } from "./fake-hub.js";

export const demo = { applicationId: "demo" };
const at = "2026-01-01T00:00:00Z";

export const position = (sequence: number, epoch = "F1") => ({ epoch, sequence });

/** A session made at a second of the minute. */
export function sessionOf(sessionId: string, second: number, more: Partial<Session> = {}): Session {
  return {
    ...demo, sessionId, status: "open", isDraft: false, version: 1, name: sessionId, description: "", participants: [{ id: "alice" }, { id: "bob" }], createdBy: "alice",
    createdAt: `2026-01-01T00:00:${String(second).padStart(2, "0")}Z`, modifiedBy: "alice", modifiedAt: at, properties: {}, ...more,
  };
}

/** An event at a place of the feed; its sequence in the session is that place, too. */
export function told(sequence: number, event: Pick<ApplicationEvent, "eventType" | "sessionId"> & { session?: Partial<Session>; participant?: { id: string } }): ApplicationEvent {
  const { eventType } = event;
  return {
    ...demo, sequence, eventId: `e${sequence}`, createdAt: at, timestamp: at, source: "hub", userId: "bob", version: 1, feed: position(sequence), ...event, eventType,
  } as ApplicationEvent;
}

export const renamed = (sequence: number, sessionId: string, name: string) => told(sequence, { eventType: "session_updated", sessionId, session: { name } });

/** Answers a watch of the application, with a reset where it is not recovered. */
export async function answerWatch(hub: FakeHub, sequence: number, recovered = false): Promise<FakeCall> {
  await settle();
  const call = hub.take("WatchApplication");
  call.answer({ position: position(sequence), recovered });
  await settle();
  if (!recovered) await hub.call("FeedReset", { ...demo, position: position(sequence) });
  return call;
}

/** Answers a page of a list. */
export async function answerPage(hub: FakeHub, sessions: readonly Session[], cursor?: string): Promise<FakeCall> {
  const call = hub.take("ListSessions");
  call.answer(structuredClone({ sessions, ...(cursor !== undefined && { cursor }) }));
  await settle();
  return call;
}
