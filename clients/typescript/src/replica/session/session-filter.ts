import type { ApplicationEvent } from "../../protocol/application-event.js";
import type { Session } from "../../protocol/objects.js";
import { isSame } from "./info.js";

/** Which sessions a list has. */
export interface SessionFilter {
  readonly status: Session["status"];
  /** All must match. */
  readonly properties: Readonly<Record<string, string>>;
}

export function matches({ status, properties }: SessionFilter, session: Session): boolean {
  return session.status === status && hasProperties(session.properties, properties);
}

/** Whether an event may bring a session into a list that does not have it, though it does not tell the whole of the session: so it is where others watch for less. */
export function canShow({ status, properties }: SessionFilter, event: ApplicationEvent): boolean {
  if (status === "closed") return event.eventType === "session_closed";
  return event.eventType === "session_properties_updated" && Object.keys(properties).length > 0 && hasProperties(event.session.properties, properties);
}

/** Whether an event may have taken the right to read a session from the caller, who by himself or by a group may be the one of whom it tells. */
export function canHide(before: Session, event: ApplicationEvent): boolean {
  if (event.eventType === "session_participant_removed") return true;
  if (event.eventType !== "session_participant_added") return false;
  const entry = before.participants.find(participant => isSame(participant, event.participant));
  return entry !== undefined && entry.role !== event.participant.role;
}

/** Newest first, as the server lists them. Times end in a Z, behind digits without zeros at their end. */
export function byAge(left: Session, right: Session): number {
  return compare(right.createdAt.slice(0, -1), left.createdAt.slice(0, -1)) || compare(right.sessionId, left.sessionId);
}

function hasProperties(all: Readonly<Record<string, string>>, wanted: Readonly<Record<string, string>>): boolean {
  return Object.entries(wanted).every(([name, value]) => Object.hasOwn(all, name) && all[name] === value);
}

function compare(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
