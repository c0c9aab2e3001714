import type { ApplicationFeed } from "../application/application-feed.js";
import type { ApplicationWatch } from "../application/application-watch.js";
import { LiveSessionList } from "../application/live-session-list.js";
import { SessionListSync, type WatchSessionsRequest } from "../application/session-list-sync.js";
import { Connection, type ConnectionEvents, type ConnectionState } from "../connection/connection.js";
import { hubFactory } from "../connection/hub.js";
import { onWake } from "../connection/wake.js";
import type { JsonObject } from "../lib/json.js";
import { waitFor } from "../lib/waiting.js";
import { RealtimeError } from "../protocol/errors.js";
import { readPatch } from "../replica/session/content.js";
import type { LiveConversation } from "../conversation/live-conversation.js";
import type { SpaceFeed } from "../conversation/space-feed.js";
import type { ConversationRequest, SpaceRequest } from "../protocol/conversation-requests.js";
import type { ApplicationRequest, MethodName, Methods, SessionRequest } from "../protocol/methods.js";
import type { Ack } from "../protocol/objects.js";
import type { LiveSession } from "../session/live-session.js";
import type { JoinSessionRequest } from "../session/options.js";
import type { SessionSync } from "../session/session-sync.js";
import type { LeaveOptions } from "../sync/options.js";
import { applicationKind, conversationKind, sessionKind, spaceKind, type ApplicationInterest } from "./join-kinds.js";
import { Joins, type Held, type Join } from "./joins.js";
import { withDefaults, type RealtimeClientOptions } from "./options.js";
import { changesSession, requestsBy, type CallOptions, type ConnectOptions, type Requests } from "./requests.js";

/**
 * What a client tells, by name: `state`, where it has changed, and `error`, where an attempt to connect failed or the connection was lost (`connection_failed`, with the cause);
 * it is tried again.
 */
export type RealtimeClientEvents = Pick<ConnectionEvents, "state" | "error">;

export interface RealtimeClient extends Requests {}

/**
 * A connection with a server, the sessions and conversations joined over it, and what is watched. It connects when something is asked of it, and connects again, with a fresh token each time, whenever the
 * connection is lost, until it is closed.
 */
export class RealtimeClient {
  readonly #options: ReturnType<typeof withDefaults>;
  readonly #connection: Connection;
  readonly #sessions: Joins<JoinSessionRequest, LiveSession, SessionSync>;
  readonly #conversations: Joins<ConversationRequest, LiveConversation>;
  readonly #applications: Joins<ApplicationInterest, ApplicationFeed, ApplicationWatch>;
  readonly #spaces: Joins<SpaceRequest, SpaceFeed>;
  readonly #forgetWake: () => void;

  /** @throws {TypeError} if the address is none. */
  constructor(options: RealtimeClientOptions) {
    this.#options = withDefaults(options);
    const { logger, protocol, connectTimeout } = this.#options;
    const connection = new Connection({ createHub: hubFactory(this.#options), attemptTimeout: connectTimeout, logger });
    this.#connection = connection;
    const context = { connection, options: this.#options, messagePack: protocol === "messagepack", logger };
    this.#sessions = new Joins(sessionKind(context));
    this.#conversations = new Joins(conversationKind(context));
    this.#applications = new Joins(applicationKind(context));
    this.#spaces = new Joins(spaceKind(context));
    this.#forgetWake = onWake(() => connection.wake());
    Object.assign(this, requestsBy((method, request, call) => this.#call(() => this.#request(method, request), call)));
  }

  /** Where the connection stands. */
  get state(): ConnectionState {
    return this.#connection.state;
  }

  /**
   * Own changes that the server has not acknowledged, in all sessions and conversations together; also in those that are being left, for as long as answers are waited for. What is
   * pending when the page ends is lost, unless it had been sent.
   */
  get pendingChanges(): number {
    return this.#sessions.pending + this.#conversations.pending;
  }

  /** Tells what happens. Returns what ends that. */
  on<K extends keyof RealtimeClientEvents>(name: K, handler: (value: ConnectionEvents[K]) => void): () => void {
    return this.#connection.on(name, handler);
  }

  /**
   * Connects. Not needed: whatever needs a connection does it.
   * @throws {RealtimeError} `connection_failed` if there is none in time, `left` if the client is closed.
   */
  connect({ signal, timeout = this.#options.connectTimeout }: ConnectOptions = {}): Promise<void> {
    return this.#connection.open(timeout, signal);
  }

  /** Tries at once to connect, where it waits before the next attempt: there is reason to believe that it will succeed, such as another token. */
  wake(): void {
    this.#connection.wake();
  }

  /**
   * Joins a session. One that is joined already is shared, as it was joined first: each `joinSession` wants one `leave`, and the last one leaves.
   * @returns The session when its state is there.
   * @throws {RealtimeError} The server's refusal (`session_not_found` …), or `connection_failed` if the state is not there within `connectTimeout`.
   */
  async joinSession<TData extends object = JsonObject>(request: JoinSessionRequest, call: CallOptions = {}): Promise<LiveSession<TData>> {
    call.signal?.throwIfAborted();
    return (await this.#join(this.#sessions, this.#checked(request), call)).live as unknown as LiveSession<TData>;
  }

  /**
   * Joins a conversation. One that is joined already is shared: each `joinConversation` wants one `leave`, and the last one leaves.
   * @returns The conversation when its state is there.
   * @throws {RealtimeError} The server's refusal (`conversation_not_found`, `limit_exceeded` …), or `connection_failed` if the state is not there within `connectTimeout`.
   */
  async joinConversation(request: ConversationRequest, call: CallOptions = {}): Promise<LiveConversation> {
    call.signal?.throwIfAborted();
    return (await this.#join(this.#conversations, request, call)).live;
  }

  /**
   * Watches how the sessions of an application change, all of those that the caller may read. A watch that is there already is shared: each `watchApplication` wants one `leave`.
   * @returns The feed when it has begun: whatever is shown of the sessions is to be listed from then on.
   * @throws {RealtimeError} The server's refusal (`application_not_found`, `limit_exceeded` …), or `connection_failed` if it has not begun within `connectTimeout`.
   */
  async watchApplication({ applicationId }: ApplicationRequest, call: CallOptions = {}): Promise<ApplicationFeed> {
    call.signal?.throwIfAborted();
    return (await this.#join(this.#applications, { applicationId, properties: {} }, call)).live;
  }

  /**
   * Lists the sessions of an application, newest first, and keeps the list up to date. Each call makes a list of its own, which wants a `leave`.
   * @param request `status`: `open` (default) or `closed` ones. `properties`: all must match. `limit`: how many to load at first, and with each `loadMore`: 1 to 1,000, default 100.
   * @returns The list when its first page is there.
   * @throws {RealtimeError} The server's refusal (`application_not_found`, `invalid_argument`, `limit_exceeded` …), or `connection_failed` if it is not there within `connectTimeout`.
   */
  async watchSessions(request: WatchSessionsRequest, call: CallOptions = {}): Promise<LiveSessionList> {
    call.signal?.throwIfAborted();
    const { applicationId, properties = {} } = request;
    const held = await this.#join(this.#applications, { applicationId, properties }, call);
    const sync = new SessionListSync(held.sync, request, this.#options.logger, options => this.#applications.release(held, options));
    try {
      await this.#call(() => sync.ready, call);
    } catch (error) {
      await sync.leave({ timeout: 0 });
      throw error;
    }
    return new LiveSessionList(sync);
  }

  /**
   * Watches how the conversations of a space change, those that the caller sees, and their comments. A watch that is there already is shared: each `watchSpace` wants one `leave`.
   * @returns The feed when it has begun: whatever is shown of the conversations is to be listed from then on.
   * @throws {RealtimeError} The server's refusal (`space_not_found`, `limit_exceeded` …), or `connection_failed` if it has not begun within `connectTimeout`.
   */
  async watchSpace(request: SpaceRequest, call: CallOptions = {}): Promise<SpaceFeed> {
    call.signal?.throwIfAborted();
    return (await this.#join(this.#spaces, request, call)).live;
  }

  /** Leaves all sessions, conversations and watches and ends the connection for good. Waits for answers to own changes, as their `leave` does. */
  async close(options: LeaveOptions = {}): Promise<void> {
    await Promise.all([this.#sessions, this.#conversations, this.#applications, this.#spaces].map(joins => joins.close(options)));
    this.#forgetWake();
    this.#connection.close();
  }

  /** Asks. The connection is not sent what it makes itself: a session that is joined hears of that by the answer, whether the caller still waits for it or not. */
  async #request<M extends MethodName>(method: M, request: Methods[M][0]): Promise<Methods[M][1]> {
    const answer = await this.#connection.invoke(method, request);
    if (changesSession(method)) this.#sessions.find(request as SessionRequest)?.hearAnswer(answer as Ack);
    return answer;
  }

  /** Waits for the connection and then for an answer, for each no longer than `connectTimeout`. */
  async #call<T>(act: () => Promise<T>, { signal }: CallOptions): Promise<T> {
    await this.connect(signal && { signal });
    return waitFor(act(), signal, this.#options.connectTimeout, () => new RealtimeError("connection_failed", "The answer has not come in time."));
  }

  async #join<TRequest, TLive, TSync extends Held>(joins: Joins<TRequest, TLive, TSync>, request: TRequest, call: CallOptions): Promise<Join<TLive, TSync>> {
    const held = await joins.hold(request);
    try {
      // What has been joined already is there without a connection, too.
      await Promise.race([held.sync.ready, this.#call(() => held.sync.ready, call)]);
    } catch (error) {
      await joins.release(held, { timeout: 0 });
      throw error;
    }
    return held;
  }

  #checked(request: JoinSessionRequest): JoinSessionRequest {
    const { presence } = request;
    return typeof presence === "object" ? { ...request, presence: readPatch(presence, this.#options).data } : request;
  }
}
