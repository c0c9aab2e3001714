import type { Position, Session } from "./objects.js";
import type {
  SessionClosed, SessionCreated, SessionEventBase, SessionParticipantAdded, SessionParticipantRemoved, SessionPropertiesUpdated, SessionUpdated,
} from "./session-event.js";

/** The session was deleted. */
export interface SessionDeleted extends SessionEventBase<"session_deleted"> {}

/** What an event has in the feed of an application besides. */
interface InFeed {
  /** Its position in the feed. Sequences grow; where they have holes, something was not for this watcher. */
  readonly feed: Position;
  /** What was changed of the session; the whole of it where it has come to be among those watched. `wholeSession` tells. */
  readonly session?: Partial<Session>;
}

/** A change of a session, as watchers of its application are told it; `eventType` tells what. */
export type ApplicationEvent = InFeed
  & (SessionCreated | SessionUpdated | SessionPropertiesUpdated | SessionParticipantAdded | SessionParticipantRemoved | SessionClosed | SessionDeleted);

/** The callbacks that come in the feed of an application, by their event types. */
export const applicationEventCallbacks = {
  session_created: "SessionCreated",
  session_updated: "SessionUpdated",
  session_properties_updated: "SessionPropertiesUpdated",
  session_participant_added: "SessionParticipantAdded",
  session_participant_removed: "SessionParticipantRemoved",
  session_closed: "SessionClosed",
  session_deleted: "SessionDeleted",
} as const satisfies Record<ApplicationEvent["eventType"], string>;

/** The whole session after an event, where it stands in it: it was created, or has come to be among those that the watcher sees. */
export function wholeSession({ session }: ApplicationEvent): Session | undefined {
  return session?.sessionId === undefined ? undefined : (session as Session);
}

/** The callbacks `FeedReset` and `FeedPosition`. */
export interface FeedMoved {
  readonly applicationId: string;
  readonly position: Position;
}

/** The callback `FeedLeft`: the connection no longer watches. */
export interface FeedLeft {
  readonly applicationId: string;
  /** `deleted` or `too_slow`. */
  readonly reason: string;
}
