import type { Json, JsonObject } from "../lib/json.js";

/** A place in a log. */
export interface Position {
  /** Random text made with the log; it changes when history could not be kept. */
  readonly epoch: string;
  /** The sequence of an event, from 1 without gaps; 0: before the first event. */
  readonly sequence: number;
}

/** A place to resume from. */
export interface ResumePosition extends Position {
  /** The id of the event seen there, so that another event at this place is noticed. */
  readonly eventId?: string;
}

/** Somebody, or a group, in a session or a role. */
export interface Participant {
  /** The user's or the group's id; at most 200 characters. */
  readonly id: string;
  /** Default `user`. */
  readonly type?: "user" | "group";
  /** A role of the application, whose permissions hold in this session. Default: none. */
  readonly role?: string;
}

/** A kind of sessions, with its roles and versions. Times are ISO 8601 in UTC. */
export interface Application {
  readonly applicationId: string;
  readonly name: string;
  readonly description: string;
  /** Absent while there is no draft. */
  readonly draftVersion?: number;
  /** Absent until one was published. */
  readonly publishedVersion?: number;
  readonly createdBy: string;
  readonly createdAt: string;
}

/** Permissions and who has them. The default roles have an empty `createdBy`. */
export interface Role {
  readonly name: string;
  readonly description: string;
  readonly permissions: readonly string[];
  readonly participants: readonly Participant[];
  readonly createdBy: string;
  readonly createdAt: string;
  readonly modifiedBy: string;
  readonly modifiedAt: string;
}

/** A session, without its data. Times are ISO 8601 in UTC. */
export interface Session {
  readonly applicationId: string;
  readonly sessionId: string;
  readonly status: "open" | "closed";
  /** Whether its version was a draft when it was created. */
  readonly isDraft: boolean;
  /** The application's version that it was created with. */
  readonly version: number;
  readonly name: string;
  readonly description: string;
  readonly participants: readonly Participant[];
  readonly createdBy: string;
  readonly createdAt: string;
  /** Who changed the session itself last; data and custom events do not count. */
  readonly modifiedBy: string;
  readonly modifiedAt: string;
  readonly properties: Readonly<Record<string, string>>;
}

/** What a change has done. */
export interface Ack {
  /** Of the last event that the call made; where it made none, of the log. */
  readonly position: Position;
  /** How many events it made: 0 for a change of nothing and for a duplicate. */
  readonly count: number;
  /** The id of the last event; absent if none was made. */
  readonly eventId?: string;
  /** When the last event was made, by the server's clock; absent if none was made. */
  readonly createdAt?: string;
  /** Whether the change had been made before. */
  readonly duplicate: boolean;
}

/** The answer to a join. */
export interface JoinedSession {
  readonly session: Session;
  /** Where the stream begins. */
  readonly position: Position;
  /** Whether the events after the position asked for follow; else a reset does. */
  readonly recovered: boolean;
  readonly connectionId: string;
  /** The caller. */
  readonly userId?: string;
}

/** The callback `SessionReset`: it replaces whatever a client holds. */
export interface SessionReset {
  readonly applicationId: string;
  readonly sessionId: string;
  readonly session: Session;
  readonly data: JsonObject;
  /** The sequence of the event that changed the data last; 0 if none has. */
  readonly dataSequence: number;
  readonly position: Position;
}

/** The callback `SessionLeft`: the connection is out of the session. */
export interface SessionLeft {
  readonly applicationId: string;
  readonly sessionId: string;
  /** `access_revoked`, `deleted` or `too_slow`. */
  readonly reason: string;
}

/** Who is in a session: by the user's id, and then by the id of each of his connections, its state. */
export type People = Readonly<Record<string, Readonly<Record<string, JsonObject>>>>;

/** The callbacks `SessionPresence` and, as a merge patch, `SessionPresenceUpdated`. */
export interface SessionPresence {
  readonly applicationId: string;
  readonly sessionId: string;
  readonly people: JsonObject;
}

/** The callback `SessionSignal`: what another connection in the session has just sent. */
export interface SessionSignal {
  readonly applicationId: string;
  readonly sessionId: string;
  readonly userId: string;
  readonly connectionId: string;
  readonly name: string;
  /** Absent if none was given. */
  readonly data?: Json;
}
