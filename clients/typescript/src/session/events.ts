import type { People, Session, SessionSignal } from "../protocol/objects.js";
import type { SessionEvent } from "../protocol/session-event.js";
import type { ChangeContent } from "../replica/session/content.js";
import type { SyncEvents } from "../sync/events.js";

/** What a live session shows. */
export interface SessionChange<TData> {
  /** The data as they are now. */
  readonly data: TData;
  /** The session as it is now. */
  readonly info: Session;
}

/** What a live session tells, by name. A reset clears the undo steps. */
export interface SessionEvents<TData = unknown> extends SyncEvents<SessionChange<TData>, ChangeContent> {
  /** Each event of the session in its order, own ones included. */
  event: SessionEvent;
  /** Who is here has changed. */
  presence: People;
  /** Somebody has sent a signal. */
  signal: SessionSignal;
}
