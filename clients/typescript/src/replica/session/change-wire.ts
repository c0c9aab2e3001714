import type { Ack, Session } from "../../protocol/objects.js";
import type { SessionEvent } from "../../protocol/session-event.js";
import type { MethodName, Methods } from "../../protocol/methods.js";
import type { Change } from "../change.js";
import type { ChangeContent } from "./content.js";

/** A call that carries a change, without the ids of application and session. */
export type ChangeCall = {
  [M in MethodName & ("PatchSessionData" | "CreateSessionEvent")]: {
    readonly method: M;
    readonly request: Omit<Methods[M][0], "applicationId" | "sessionId">;
  };
}["PatchSessionData" | "CreateSessionEvent"];

/** The call that carries a numbered change. */
export function callOf({ content, madeAt, writer }: Change<ChangeContent>): ChangeCall {
  const number = { timestamp: madeAt, writerId: writer!.id, writerSequence: writer!.sequence };
  return content.kind === "patch"
    ? { method: "PatchSessionData", request: { data: content.data, ...number } }
    : { method: "CreateSessionEvent", request: { name: content.name, ...(content.data !== undefined && { data: content.data }), ...number } };
}

/** The event that an own change has become. The server does not send it to the connection that made it: the Ack stands for it. */
export function eventOf({ content, madeAt, writer }: Change<ChangeContent>, ack: Ack, session: Session, userId: string): SessionEvent {
  const base = {
    applicationId: session.applicationId,
    sessionId: session.sessionId,
    sequence: ack.position.sequence,
    eventId: ack.eventId ?? "",
    createdAt: ack.createdAt ?? madeAt,
    timestamp: madeAt,
    source: "hub",
    userId,
    version: session.version,
    writerId: writer!.id,
    writerSequence: writer!.sequence,
  } as const;
  return Object.freeze(
    content.kind === "patch"
      ? { eventType: "session_data_updated", ...base, data: content.data }
      : { eventType: "session_event_created", ...base, name: content.name, ...(content.data !== undefined && { data: content.data }) },
  );
}
