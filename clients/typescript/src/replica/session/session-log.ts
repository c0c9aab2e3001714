import { Draft } from "../../lib/merge-patch.js";
import type { Ack, JoinedSession, Position, SessionReset } from "../../protocol/objects.js";
import type { SessionEvent } from "../../protocol/session-event.js";
import type { Change } from "../change.js";
import type { Log } from "../log.js";
import { callOf, eventOf, type ChangeCall } from "./change-wire.js";
import { fold, stateOf, type ConfirmedState } from "./confirmed.js";
import type { ChangeContent } from "./content.js";

/** What the log of a session is made of. */
export interface SessionTypes {
  readonly event: SessionEvent;
  readonly ack: Ack;
  readonly state: ConfirmedState;
  readonly reset: SessionReset;
  readonly joined: JoinedSession;
  readonly content: ChangeContent;
  readonly call: ChangeCall;
}

/** The log of a session. An own event does not come to the connection that made it: its Ack stands for it. */
export class SessionLog implements Log<SessionTypes> {
  readonly #draft = new Draft();
  readonly stateOf = stateOf;
  readonly callOf = callOf;
  readonly firstOf = firstOf;

  fold(state: ConfirmedState, event: SessionEvent): ConfirmedState {
    return fold(state, event, this.#draft);
  }

  publish(): void {
    this.#draft.publish();
  }

  ackOf({ eventId, createdAt }: SessionEvent, position: Position): Ack {
    return { position, count: 1, eventId, createdAt, duplicate: false };
  }

  /** That of the patch `{}`. */
  ackOfNothing({ content }: Change<ChangeContent>, position: Position): Ack | undefined {
    const isNothing = content.kind === "patch" && Object.keys(content.data).length === 0;
    return isNothing ? { position, count: 0, duplicate: false } : undefined;
  }

  eventOf(change: Change<ChangeContent>, ack: Ack, { session }: ConfirmedState, userId = ""): SessionEvent {
    return eventOf(change, ack, session, userId);
  }
}

/** The sequence of the first event that an event stands for: its own, where it is no run. */
export function firstOf(event: SessionEvent): number {
  return (event.eventType === "session_data_updated" ? event.fromSequence : undefined) ?? event.sequence;
}
