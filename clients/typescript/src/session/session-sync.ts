import type { ConnectionEvents } from "../connection/connection.js";
import { freezeJson, type JsonObject } from "../lib/json.js";
import { quiet } from "../lib/waiting.js";
import type { ApplicationEvent } from "../protocol/application-event.js";
import type { Methods, SessionRequest } from "../protocol/methods.js";
import type { Ack, JoinedSession, ResumePosition, SessionLeft, SessionPresence, SessionReset, SessionSignal } from "../protocol/objects.js";
import { eventCallbacks, type SessionEvent } from "../protocol/session-event.js";
import type { SessionTypes } from "../replica/session/session-log.js";
import { SessionReplica } from "../replica/session/session-replica.js";
import type { SyncContext } from "../sync/options.js";
import { Sync } from "../sync/sync.js";
import { newWriterId } from "../sync/writer-id.js";
import type { SessionChange, SessionEvents } from "./events.js";
import type { JoinSessionRequest } from "./options.js";
import { Presence } from "./presence.js";

const eventNames: ReadonlySet<string> = new Set(Object.values(eventCallbacks));

/** Keeps a session's replica, and what is of the moment beside it. */
export class SessionSync extends Sync<SessionTypes, SessionReplica, SessionEvents> {
  readonly #request: JoinSessionRequest;
  readonly presence: Presence;

  constructor(request: JoinSessionRequest, context: SyncContext) {
    super(new SessionReplica({ ...context, drawWriterId: newWriterId }), context);
    this.#request = request;
    this.presence = new Presence(request.presence ?? false, state => this.connection.invoke("UpdatePresence", { ...this.ids, state }));
    this.start();
  }

  /** Which session. */
  get ids(): SessionRequest {
    return { applicationId: this.#request.applicationId, sessionId: this.#request.sessionId };
  }

  /** A request of the client's that changes the session was answered. */
  hearAnswer(ack: Ack): void {
    this.step(() => this.replica.callAnswered(ack));
  }

  /** A page of the events in the log. */
  async listEvents(after: number, limit: number): Promise<Methods["ListSessionEvents"][1]> {
    return this.connection.invoke("ListSessionEvents", { ...this.ids, after, limit });
  }

  /** Sends a signal. */
  async signal(signal: Omit<Methods["SendSignal"][0], keyof SessionRequest>): Promise<void> {
    await this.connection.invoke("SendSignal", { ...this.ids, ...signal });
  }

  protected async callJoin(since: ResumePosition | undefined): Promise<JoinedSession> {
    const { conflate = false } = this.#request;
    const { joining: presence } = this.presence;
    const answer = await this.connection.invoke("JoinSession", { ...this.ids, ...(since && { since }), conflate, presence });
    if (presence) this.presence.joinedWith(presence);
    return answer;
  }

  protected callLeave(): Promise<unknown> {
    return this.connection.invoke("LeaveSession", this.ids);
  }

  protected hear({ name, payload }: ConnectionEvents["callback"]): void {
    const { applicationId, sessionId, feed } = payload as Partial<ApplicationEvent>;
    // What is of the feed of the application is told to a member besides.
    if (sessionId !== this.#request.sessionId || applicationId !== this.#request.applicationId || feed) return;
    freezeJson(payload);
    if (eventNames.has(name)) this.step(() => this.replica.event(payload as SessionEvent));
    else if (name === "SessionReset") this.step(() => this.replica.reset(payload as SessionReset));
    else if (name === "SessionLeft") this.step(() => this.replica.putOut((payload as SessionLeft).reason));
    else if (name === "SessionSignal") this.events.emit("signal", payload as SessionSignal);
    else if (this.presence.hear((payload as SessionPresence).people, name === "SessionPresenceUpdated")) this.events.emit("presence", this.presence.people);
  }

  protected onEvent(event: SessionEvent): void {
    this.events.emit("event", event);
  }

  protected override onJoined(): void {
    void quiet(this.presence.flush());
  }

  protected override onLeft(): void {
    this.presence.forget();
  }

  protected look(): SessionChange<JsonObject> | undefined {
    const { view: data, confirmed } = this.replica;
    return confirmed && { data, info: confirmed.session };
  }
}
