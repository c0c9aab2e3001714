import type { JsonObject } from "../lib/json.js";
import type { SessionRequest } from "../protocol/methods.js";
import type { ReplicaOptions } from "../replica/options.js";

/** Which session to join, and how. */
export interface JoinSessionRequest extends SessionRequest {
  /** Whether, when this client falls behind, several patches may come as one event with `fromSequence`. Default `false`. */
  readonly conflate?: boolean;
  /** Whether to be shown to the others who are, and to be told of them: `true`, or the state to be shown with. Default `false`. */
  readonly presence?: boolean | JsonObject;
}

/** What holds for the sessions of a client. */
export interface SessionOptions extends ReplicaOptions {
  /** How long a gap in the events may last before the session is joined again from its position, in milliseconds. Default 10,000. */
  readonly gapTimeout: number;
}

/** How a session is left. */
export interface LeaveOptions {
  /** How long to wait for answers to own changes, in milliseconds; 0: not at all. Default 5,000. */
  readonly timeout?: number;
}
