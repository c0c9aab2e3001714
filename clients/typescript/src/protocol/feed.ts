import type { Position } from "./objects.js";

/** The answer to a watch. */
export interface Watched {
  /** Where the feed begins, or goes on. */
  readonly position: Position;
  /** Whether what came after the position asked for follows; else a reset does. */
  readonly recovered: boolean;
}

/** What comes in a feed. */
export interface FeedEvent {
  /** Its position in the feed. Sequences grow; where they have holes, something was not for this watcher. */
  readonly feed: Position;
  /** Absent where it is no event of a log. */
  readonly eventId?: string;
}
