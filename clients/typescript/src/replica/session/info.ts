import type { Participant, Session } from "../../protocol/objects.js";
import type { SessionEvent } from "../../protocol/session-event.js";

/** An event that changes the session itself. */
type InfoEvent = Exclude<SessionEvent, { eventType: "session_data_updated" | "session_event_created" | "session_created" }>;

/** The session after an event that changes it. */
export function foldInfo(session: Session, event: InfoEvent): Session {
  return Object.freeze({ ...session, ...changeOf(session, event), modifiedBy: event.userId, modifiedAt: event.createdAt });
}

/** Event types that this version does not know change nothing but the position. */
function changeOf(session: Session, event: InfoEvent): Partial<Session> {
  switch (event.eventType) {
    case "session_updated":
    case "session_properties_updated":
    case "session_closed":
      return event.session;
    case "session_participant_added":
      return { participants: Object.freeze(withParticipant(session.participants, event.participant)) };
    case "session_participant_removed":
      return { participants: Object.freeze(session.participants.filter(participant => !isSame(participant, event.participant))) };
    default:
      return {};
  }
}

/** The participants with one added, in the place of an entry for the same one if there is any. */
function withParticipant(participants: readonly Participant[], added: Participant): Participant[] {
  return participants.some(participant => isSame(participant, added))
    ? participants.map(participant => (isSame(participant, added) ? added : participant))
    : [...participants, added];
}

/** Whether two entries are for the same user or group. */
export function isSame(left: Participant, right: Participant): boolean {
  return left.id === right.id && (left.type ?? "user") === (right.type ?? "user");
}
