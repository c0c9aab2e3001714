import type { Position } from "../protocol/objects.js";
import type { SpaceEvent } from "../protocol/space-event.js";
import type { SyncStatus } from "../replica/effects.js";
import type { FeedEvents } from "../sync/feed-sync.js";
import type { LeaveOptions } from "../sync/options.js";
import type { SpaceWatch } from "./space-watch.js";

/**
 * How the conversations of a space change, those that the caller sees, and their comments, without joining them: each event once and in order, across lost connections.
 * `RealtimeClient.watchSpace` makes it. Whatever one shows of the conversations is to be listed when it is there, and again after each `reset`; an event can tell of something that the
 * list shows already.
 */
export class SpaceFeed {
  readonly #watch: SpaceWatch;
  readonly #leave: (options: LeaveOptions) => Promise<void>;

  /** @internal */
  constructor(watch: SpaceWatch, leave: (options: LeaveOptions) => Promise<void>) {
    this.#watch = watch;
    this.#leave = leave;
  }

  get spaceId(): number {
    return this.#watch.spaceId;
  }

  /** The place in the feed up to which everything has been told. */
  get position(): Position {
    return this.#watch.position;
  }

  /** `synchronized`: what happens is told as it happens. `synchronizing`: the watch is being resumed, or begun anew. `disconnected`: no connection, or left. */
  get syncStatus(): SyncStatus {
    return this.#watch.syncStatus;
  }

  /** Tells what happens. Returns what ends that. */
  on<K extends keyof FeedEvents>(name: K, handler: (value: FeedEvents<SpaceEvent>[K]) => void): () => void {
    return this.#watch.events.on(name, handler);
  }

  /** Ends the watch; where the space is watched several times, gives one of these back. */
  leave(): Promise<void> {
    return this.#leave({});
  }
}
