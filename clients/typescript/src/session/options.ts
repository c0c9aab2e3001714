import type { JsonObject } from "../lib/json.js";
import type { SessionRequest } from "../protocol/methods.js";

/** Which session to join, and how. */
export interface JoinSessionRequest extends SessionRequest {
  /** Whether, when this client falls behind, several patches may come as one event with `fromSequence`. Default `false`. */
  readonly conflate?: boolean;
  /** Whether to be shown to the others who are, and to be told of them: `true`, or the state to be shown with. Default `false`. */
  readonly presence?: boolean | JsonObject;
}
