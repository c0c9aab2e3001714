import { quiet } from "../lib/waiting.js";
import type { Session } from "../protocol/objects.js";
import type { SyncStatus } from "../replica/effects.js";
import type { SessionListView } from "../replica/session/session-list.js";
import type { SessionListEvents, SessionListSync } from "./session-list-sync.js";

/**
 * The sessions of an application that the caller may read, newest first, as far as they were loaded, kept up to date across lost connections. `RealtimeClient.watchSessions` makes it.
 *
 * Everything that it shows is frozen, and a session that has not changed stays the same object, so that `===` tells what has changed.
 */
export class LiveSessionList {
  readonly #sync: SessionListSync;

  /** @internal */
  constructor(sync: SessionListSync) {
    this.#sync = sync;
  }

  get applicationId(): string {
    return this.#sync.applicationId;
  }

  /** `sessions` and `hasMore` together. */
  get view(): SessionListView {
    return this.#sync.view!;
  }

  /** Newest first. */
  get sessions(): readonly Session[] {
    return this.view.sessions;
  }

  /** Whether there are older ones, for `loadMore`. */
  get hasMore(): boolean {
    return this.view.hasMore;
  }

  /** `synchronized`: what is told from now on follows on what is shown. `synchronizing`: something is being read. `disconnected`: no connection, or left. */
  get syncStatus(): SyncStatus {
    return this.#sync.syncStatus;
  }

  /** Tells what happens. Returns what ends that. */
  on<K extends keyof SessionListEvents>(name: K, handler: (value: SessionListEvents[K]) => void): () => void {
    return this.#sync.events.on(name, handler);
  }

  /**
   * Loads older sessions, behind the last one. A call while another one is under way is that one; one without anything older, or while the list is read anew, does nothing.
   * @param limit How many at most: 1 to 1,000. Default: the list's `limit`.
   * @returns Resolves when they are there, or when the list has been read anew meanwhile. It may be ignored.
   * @throws {RealtimeError} `connection_failed` without a connection, and the server's refusals.
   */
  loadMore(limit?: number): Promise<void> {
    return quiet(this.#sync.loadMore(limit));
  }

  /** Leaves it. */
  leave(): Promise<void> {
    return this.#sync.leave();
  }
}
