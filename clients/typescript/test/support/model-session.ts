import { emptyObject, type JsonObject } from "../../src/lib/json.js";
import { mergePatch } from "../../src/lib/merge-patch.js";
import type { Ack, JoinedSession, Position, Session, SessionReset } from "../../src/protocol/objects.js";
import type { SessionEvent } from "../../src/protocol/session-event.js";
import type { ChangeCall } from "../../src/replica/session/change-wire.js";
import type { SessionTypes } from "../../src/replica/session/session-log.js";
import { at, ModelServer } from "./model-server.js";

const ids = { applicationId: "demo", sessionId: "board" };

const session: Session = {
  ...ids, status: "open", isDraft: false, version: 1, name: "Board", description: "", participants: [], createdBy: "alice", createdAt: at, modifiedBy: "alice", modifiedAt: at,
  properties: {},
};

/** A server of one session. The Acks of a connection stand for the events that it has made. */
export class ModelSession extends ModelServer<SessionTypes> {
  readonly echoes = false;
  protected readonly refusals = ["forbidden", "data_too_large"] as const;

  data(): JsonObject {
    return this.events.reduce<JsonObject>((data, event) => (event.eventType === "session_data_updated" ? mergePatch(data, event.data) : data), emptyObject);
  }

  name(): string {
    return this.events.reduce((name, event) => (event.eventType === "session_updated" ? (event.session.name ?? name) : name), session.name);
  }

  /** A request of a member that is no change of its replica. */
  rename(member: string, name: string): Ack {
    this.append(member, { ...ids, eventType: "session_updated", session: { name }, userId: member, version: 1 });
    return this.ackOf(this.events.at(-1)!, { epoch: this.epoch, sequence: this.sequence }, false);
  }

  /** Somebody over REST. */
  patch(data: JsonObject): void {
    this.append("rest", { ...ids, eventType: "session_data_updated", data, userId: "bob", version: 1 });
  }

  protected resetAt(position: Position): SessionReset {
    return { ...ids, session: { ...session, name: this.name() }, data: this.data(), dataSequence: this.sequence, position };
  }

  protected joinedAt(userId: string, position: Position, recovered: boolean): JoinedSession {
    return { session, position, recovered, connectionId: "c", userId };
  }

  protected contentOf(userId: string, { method, request }: ChangeCall): object {
    const content = method === "PatchSessionData" ? { eventType: "session_data_updated", data: request.data } : { eventType: "session_event_created", name: request.name };
    return { ...ids, ...content, userId, version: 1 };
  }

  protected ackOf({ eventId, createdAt }: SessionEvent, position: Position, duplicate: boolean): Ack {
    return duplicate ? { position, count: 0, duplicate } : { position, count: 1, eventId, createdAt, duplicate };
  }
}
