import type { Json, JsonObject } from "../lib/json.js";
import type { Participant, Session } from "./objects.js";

/** What every event of a session has. */
export interface SessionEventBase<Type extends string> {
  readonly eventType: Type;
  readonly applicationId: string;
  readonly sessionId: string;
  /** Its place in the session's order: from 1, without gaps. */
  readonly sequence: number;
  readonly eventId: string;
  /** When it happened, by the server's clock. ISO 8601 in UTC, as is the next. */
  readonly createdAt: string;
  /** When it happened, by the clock of the client that made it. */
  readonly timestamp: string;
  /** What it came through. */
  readonly source: "hub" | "rest" | "system";
  /** Who made it; empty where the server itself did. */
  readonly userId: string;
  /** The session's version. */
  readonly version: number;
  readonly writerId?: string;
  readonly writerSequence?: number;
}

/** The session was made. Always at sequence 1. */
export interface SessionCreated extends SessionEventBase<"session_created"> {
  readonly session: Session;
}

/** Its name or description changed. */
export interface SessionUpdated extends SessionEventBase<"session_updated"> {
  readonly session: { readonly name?: string; readonly description?: string };
}

/** Its properties changed. */
export interface SessionPropertiesUpdated extends SessionEventBase<"session_properties_updated"> {
  readonly session: { readonly properties: Readonly<Record<string, string>> };
}

/** Its data changed. */
export interface SessionDataUpdated extends SessionEventBase<"session_data_updated"> {
  /** The merge patch. */
  readonly data: JsonObject;
  /** Where this stands for a run of patches (`conflate`): the sequence of the first. */
  readonly fromSequence?: number;
  /** Of a run: what to apply before `data`. */
  readonly clear?: JsonObject;
}

/** Somebody came to take part, or to have another role. */
export interface SessionParticipantAdded extends SessionEventBase<"session_participant_added"> {
  readonly participant: Participant;
}

/** Somebody takes part no more. */
export interface SessionParticipantRemoved extends SessionEventBase<"session_participant_removed"> {
  readonly participant: Participant;
}

/** A custom event. */
export interface SessionEventCreated extends SessionEventBase<"session_event_created"> {
  readonly name: string;
  /** Absent if none was given. */
  readonly data?: Json;
}

/** The session was closed. */
export interface SessionClosed extends SessionEventBase<"session_closed"> {
  readonly session: { readonly status: "closed" };
}

/** Anything that happened in a session; `eventType` tells what. */
export type SessionEvent =
  | SessionCreated | SessionUpdated | SessionPropertiesUpdated | SessionDataUpdated
  | SessionParticipantAdded | SessionParticipantRemoved | SessionEventCreated | SessionClosed;

/** The callbacks that are events, by their event types. */
export const eventCallbacks = {
  session_created: "SessionCreated",
  session_updated: "SessionUpdated",
  session_properties_updated: "SessionPropertiesUpdated",
  session_data_updated: "SessionDataUpdated",
  session_participant_added: "SessionParticipantAdded",
  session_participant_removed: "SessionParticipantRemoved",
  session_event_created: "SessionEventCreated",
  session_closed: "SessionClosed",
} as const satisfies Record<SessionEvent["eventType"], string>;
