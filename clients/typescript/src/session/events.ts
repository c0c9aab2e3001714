import type { RealtimeError } from "../protocol/errors.js";
import type { People, Position, Session, SessionSignal } from "../protocol/objects.js";
import type { SessionEvent } from "../protocol/session-event.js";
import type { ChangeContent } from "../replica/change.js";
import type { SyncStatus } from "../replica/effects.js";

/** What a live session shows. */
export interface SessionChange<TData> {
  /** The data as they are now. */
  readonly data: TData;
  /** The session as it is now. */
  readonly info: Session;
}

/** A change that was not made. */
export interface RefusedChange {
  /** Why. `uncertain`: it is not known whether it was made. */
  readonly error: RealtimeError;
  /** What it was; absent where the call failed at once. */
  readonly content?: ChangeContent;
}

/** What a live session tells, by name. */
export interface SessionEvents<TData = unknown> {
  /** Data or session look different: at once after an own change, else once after all that came together. */
  change: SessionChange<TData>;
  /** Each event of the session in its order, own ones included. */
  event: SessionEvent;
  /** The status has changed. */
  syncStatus: SyncStatus;
  /** Who is here has changed. */
  presence: People;
  /** Somebody has sent a signal. */
  signal: SessionSignal;
  /** The state was replaced: what lies between was missed, and undo steps are gone. The first state is told so, too. */
  reset: Position;
  /** An own change was not made. */
  refused: RefusedChange;
  /** The session was left: `left`, `access_revoked`, `deleted`, or the code that refused to join again. Nothing follows. */
  left: string;
}
