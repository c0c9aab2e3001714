import type { Json, JsonObject } from "../lib/json.js";
import { quiet } from "../lib/waiting.js";
import { RealtimeError } from "../protocol/errors.js";
import type { Ack, People, Position, Session } from "../protocol/objects.js";
import type { SessionEvent } from "../protocol/session-event.js";
import { readJson, readPatch } from "../replica/session/content.js";
import type { SyncStatus } from "../replica/effects.js";
import type { LeaveOptions, SyncOptions } from "../sync/options.js";
import { readEvents, type ReadEventsOptions } from "./event-reader.js";
import type { SessionEvents } from "./events.js";
import type { Patch } from "./patch.js";
import type { SessionSync } from "./session-sync.js";

/**
 * A session that one has joined: its data with the own changes on top, kept up to date across lost connections. `RealtimeClient.joinSession` makes it.
 *
 * Everything that it shows is frozen, and what is equal stays the same object, so that `===` tells what has changed.
 */
export class LiveSession<TData extends object = JsonObject> {
  readonly #sync: SessionSync;
  readonly #options: SyncOptions;
  readonly #leave: (options: LeaveOptions) => Promise<void>;

  /** @internal */
  constructor(sync: SessionSync, options: SyncOptions, leave: (options: LeaveOptions) => Promise<void>) {
    this.#sync = sync;
    this.#options = options;
    this.#leave = leave;
  }

  get applicationId(): string {
    return this.#sync.ids.applicationId;
  }

  get sessionId(): string {
    return this.#sync.ids.sessionId;
  }

  /** The data with the own changes on top. */
  get data(): Readonly<TData> {
    return this.#sync.replica.view as Readonly<TData>;
  }

  /** The data up to `position`, as every member has or will have them. */
  get confirmedData(): Readonly<TData> {
    return this.#sync.replica.confirmed!.data as Readonly<TData>;
  }

  /** The session itself: name, description, participants, properties, status. */
  get info(): Session {
    return this.#sync.replica.confirmed!.session;
  }

  /** The event up to which everything has been applied. */
  get position(): Position {
    return this.#sync.replica.position;
  }

  /** `synchronized`: everything is known and every own change has its place. `synchronizing`: something is on its way. `disconnected`: no connection, or left. */
  get syncStatus(): SyncStatus {
    return this.#sync.replica.status;
  }

  /** The caller's id. */
  get userId(): string {
    return this.#sync.joined!.userId ?? "";
  }

  /** The id of the present connection, or the last one, as others see it in presence and signals. */
  get connectionId(): string {
    return this.#sync.joined!.connectionId;
  }

  /** Who is here, as last heard; `{}` if joined without presence. */
  get people(): People {
    return this.#sync.presence.people;
  }

  /** Own changes that the server has not acknowledged. */
  get pendingChanges(): number {
    return this.#sync.replica.pending;
  }

  /** Whether an own patch can be undone. */
  get canUndo(): boolean {
    return this.#sync.replica.canUndo;
  }

  /** Tells what happens. Returns what ends that. */
  on<K extends keyof SessionEvents>(name: K, handler: (value: SessionEvents<TData>[K]) => void): () => void {
    return this.#sync.events.on(name, handler as (value: SessionEvents[K]) => void);
  }

  /**
   * Reads the session's events one by one, in its order and without a gap, as fast as they are taken: those that came before from the log, then as they come.
   * @returns Ends when the session is left. Where the log has lost its history, it goes on with what is there.
   * @throws {RealtimeError} What is missing may not be read (any more).
   */
  readEvents(options: ReadEventsOptions = {}): AsyncIterableIterator<SessionEvent> {
    return readEvents(this.#sync, options);
  }

  /**
   * Changes the data. It shows at once; it is sent when there is a connection, and sent again until the server has answered, exactly once.
   * @param data What to change. It is copied.
   * @returns Resolves when the server has stored it. It may be ignored: `refused` tells of a failure too.
   * @throws {RealtimeError} `invalid_argument` (`path`), `payload_too_large`, `queue_full`, `left` at once; `forbidden`, `session_closed`, `data_too_large` … when the
   * server refuses it: then it is taken back; `uncertain`.
   */
  patch(data: Patch<TData>): Promise<Ack> {
    return this.#sync.make((replica, madeAt) => replica.patch(data, madeAt));
  }

  /**
   * Makes a custom event, in order with the patches, under the same rules.
   * @param name 1 to 200 characters.
   * @param data Any JSON. Default: none.
   */
  sendEvent(name: string, data?: Json): Promise<Ack> {
    return this.#sync.make((replica, madeAt) => replica.createEvent(name, data, madeAt));
  }

  /**
   * Takes back what the latest own patch did, wherever nobody else has touched it since.
   * @returns `undefined` if there is nothing to take back; else as of `patch`.
   */
  undo(): Promise<Ack> | undefined {
    return this.#sync.make((replica, madeAt) => replica.undo(madeAt));
  }

  /**
   * Sends something of the moment, such as a cursor, to the others who are in the session. It is not stored; without a connection it is dropped.
   * @param name 1 to 200 characters.
   * @param data Any JSON, at most 4 KiB. Default: none.
   * @param options `to`: only to this user's connections.
   * @returns Resolves when it was taken, or dropped. It may be ignored.
   */
  sendSignal(name: string, data?: Json, options: { readonly to?: string } = {}): Promise<void> {
    return quiet(this.#sendSignal(name, data, options));
  }

  /**
   * Changes what the others are shown of this connection. Without a connection it is kept for the next one.
   * @param state A merge patch of the state, which may have 1 KiB.
   * @returns Resolves when the server has taken it. It may be ignored.
   * @throws {RealtimeError} `not_joined` if the session was joined without `presence`.
   */
  updatePresence(state: JsonObject): Promise<void> {
    return quiet(this.#updatePresence(state));
  }

  /**
   * Leaves the session; where it was joined several times, gives one of these back. Waits for answers to own changes first; what has none by then fails with `left`
   * (never sent) or `uncertain`.
   */
  leave(options: LeaveOptions = {}): Promise<void> {
    return this.#leave(options);
  }

  async #sendSignal(name: string, data: Json | undefined, options: { readonly to?: string }): Promise<void> {
    const content = data === undefined ? {} : { data: readJson(data, this.#options) };
    if (this.#sync.isJoined) await this.#sync.signal({ name, ...content, ...options });
  }

  async #updatePresence(state: JsonObject): Promise<void> {
    const { presence, isJoined } = this.#sync;
    if (!presence.takesPart) throw new RealtimeError("not_joined", "The session was joined without presence.");
    presence.want(readPatch(state, this.#options).data);
    if (isJoined) await presence.flush();
  }
}
