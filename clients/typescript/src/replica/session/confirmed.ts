import { mergePatch, type Draft } from "../../lib/merge-patch.js";
import type { JsonObject } from "../../lib/json.js";
import type { ResumePosition, Session, SessionReset } from "../../protocol/objects.js";
import type { SessionEvent } from "../../protocol/session-event.js";
import { foldInfo } from "./info.js";

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
    default:
      return { ...state, session: foldInfo(state.session, event), position };
  }
}
