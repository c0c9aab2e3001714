import type { ApplicationEvent } from "../protocol/application-event.js";
import type { Position } from "../protocol/objects.js";
import type { SyncStatus } from "../replica/effects.js";
import type { FeedEvents } from "../sync/feed-sync.js";
import type { LeaveOptions } from "../sync/options.js";
import type { ApplicationWatch } from "./application-watch.js";

/**
 * How the sessions of an application change, those that the caller may read, without joining them: each event once and in order, across lost connections.
 * `RealtimeClient.watchApplication` makes it. Whatever one shows of the sessions is to be listed when it is there, and again after each `reset`; an event can tell of something that the
 * list shows already.
 */
export class ApplicationFeed {
  readonly #watch: ApplicationWatch;
  readonly #leave: (options: LeaveOptions) => Promise<void>;

  /** @internal */
  constructor(watch: ApplicationWatch, leave: (options: LeaveOptions) => Promise<void>) {
    this.#watch = watch;
    this.#leave = leave;
  }

  get applicationId(): string {
    return this.#watch.applicationId;
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
  on<K extends keyof FeedEvents>(name: K, handler: (value: FeedEvents<ApplicationEvent>[K]) => void): () => void {
    return this.#watch.events.on(name, handler);
  }

  /** Ends the watch; where the application is watched several times, gives one of these back. */
  leave(): Promise<void> {
    return this.#leave({});
  }
}
