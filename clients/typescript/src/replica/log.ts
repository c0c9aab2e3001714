import type { Position, ResumePosition } from "../protocol/objects.js";
import type { Change } from "./change.js";

/** What every kind of event has. */
export interface LogEvent {
  /** Its place in the order: from 1, without gaps. */
  readonly sequence: number;
  readonly eventId: string;
  readonly userId: string | number;
  readonly writerId?: string;
  readonly writerSequence?: number;
}

/** What every Ack has. */
export interface LogAck {
  readonly position: Position;
  readonly count: number;
  readonly duplicate: boolean;
}

/** The types of one kind of log, by what they are for. */
export interface LogTypes {
  readonly event: LogEvent;
  readonly ack: LogAck;
  /** The fold of the log up to a position. */
  readonly state: { readonly position: ResumePosition };
  readonly reset: { readonly position: Position };
  /** The answer to a join. */
  readonly joined: { readonly position: Position; readonly recovered: boolean; readonly userId?: string | number };
  /** What an application asks for. */
  readonly content: unknown;
  /** The call that carries a change. */
  readonly call: { readonly method: string; readonly request: object };
}

/** A change of a kind of log. */
export type ChangeOf<K extends LogTypes> = Change<K["content"]>;

/** What a replica has to know of a kind of log. */
export interface Log<K extends LogTypes> {
  /** The state that a reset brings. */
  stateOf(reset: K["reset"]): K["state"];
  /** The state after the next event. What nobody has seen of the one before may be changed in place. */
  fold(state: K["state"], event: K["event"]): K["state"];
  /** From now on the state is seen: it stays as it is. */
  publish(): void;
  /** The sequence of the first event that an event stands for: its own, where it is no run. */
  firstOf(event: K["event"]): number;
  /** The call that carries a numbered change. */
  callOf(change: ChangeOf<K>): K["call"];
  /** The Ack that the event of an own change stands for. */
  ackOf(event: K["event"], position: Position): K["ack"];
  /** The Ack of a change that changes nothing, and is not sent; `undefined`: this one does. Absent: every one does. */
  readonly ackOfNothing?: (change: ChangeOf<K>, position: Position) => K["ack"] | undefined;
  /** The event that an own change has become, where the server does not send it to the connection that made it. Absent: it does. */
  readonly eventOf?: (change: ChangeOf<K>, ack: K["ack"], state: K["state"], userId: K["event"]["userId"] | undefined) => K["event"];
}
