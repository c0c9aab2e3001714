import type { RealtimeError } from "../protocol/errors.js";
import type { Position } from "../protocol/objects.js";
import type { SyncStatus } from "../replica/effects.js";

/** A change that was not made. */
export interface RefusedChange<C = unknown> {
  /** Why. `uncertain`: it is not known whether it was made. */
  readonly error: RealtimeError;
  /** What it was; absent where the call failed at once. */
  readonly content?: C;
}

/** What is told of whatever was joined, by name. */
export interface SyncEvents<TShown = unknown, C = unknown> {
  /** It looks different: at once after an own change, else once after all that came together. */
  change: TShown;
  /** The status has changed. */
  syncStatus: SyncStatus;
  /** The state was replaced: what lies between was missed. The first state is told so, too. */
  reset: Position;
  /** An own change was not made. */
  refused: RefusedChange<C>;
  /** It was left: `left`, `access_revoked`, `deleted`, or the code that refused to join again. Nothing follows. */
  left: string;
}
