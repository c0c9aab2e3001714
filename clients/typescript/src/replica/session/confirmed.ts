import { mergePatch, type Draft } from "../../lib/merge-patch.js";
import type { JsonObject } from "../../lib/json.js";
import type { Participant, ResumePosition, Session, SessionReset } from "../../protocol/objects.js";
import type { SessionEvent } from "../../protocol/session-event.js";

/** The fold of a session's log up to a position. */
export interface ConfirmedState {
  readonly session: Session;
  readonly data: JsonObject;
  /** The sequence of the event that changed the data last; 0 if none has. */
  readonly dataSequence: number;
  readonly position: ResumePosition;
}

/** The state that a reset brings. */
export function stateOf(reset: SessionReset): ConfirmedState {
  return { session: reset.session, data: reset.data, dataSequence: reset.dataSequence, position: reset.position };
}

/**
 * The state after the next event.
 * @param draft What of the data was made since somebody saw them.
 */
export function fold(state: ConfirmedState, event: SessionEvent, draft: Draft): ConfirmedState {
  const position = { epoch: state.position.epoch, sequence: event.sequence, eventId: event.eventId };
  switch (event.eventType) {
    case "session_data_updated": {
      const cleared = event.clear ? mergePatch(state.data, event.clear, draft) : state.data;
      return { ...state, data: mergePatch(cleared, event.data, draft), dataSequence: event.sequence, position };
    }
    case "session_event_created":
      return { ...state, position };
    case "session_created":
      return { ...state, session: event.session, position };
    default: {
      const session = { ...state.session, ...changeOf(state.session, event), modifiedBy: event.userId, modifiedAt: event.createdAt };
      return { ...state, session: Object.freeze(session), position };
    }
  }
}

type InfoEvent = Exclude<SessionEvent, { eventType: "session_data_updated" | "session_event_created" | "session_created" }>;

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

function isSame(left: Participant, right: Participant): boolean {
  return left.id === right.id && (left.type ?? "user") === (right.type ?? "user");
}
