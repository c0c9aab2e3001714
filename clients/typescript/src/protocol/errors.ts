import { emptyObject, freezeJson, type JsonObject } from "../lib/json.js";

/** Every code with its number and whether a retry can help: the server's below 900, the client's own from there on. */
const codes = {
  unauthenticated: [100, false],
  forbidden: [101, false],
  application_not_found: [200, false],
  session_not_found: [201, false],
  session_closed: [202, false],
  conflict: [203, false],
  precondition_failed: [204, false],
  writer_gap: [205, false],
  not_retained: [206, false],
  role_not_found: [207, false],
  not_found: [208, false],
  method_not_allowed: [209, false],
  not_joined: [210, false],
  conversation_not_found: [220, false],
  comment_not_found: [221, false],
  space_not_found: [222, false],
  group_not_found: [223, false],
  user_not_found: [224, false],
  mention_not_found: [225, false],
  rule_broken: [226, false],
  invalid_argument: [300, false],
  payload_too_large: [301, false],
  data_too_large: [302, false],
  limit_exceeded: [303, false],
  unsupported_media_type: [304, false],
  rate_limited: [400, true],
  unavailable: [401, true],
  internal: [500, true],
  /** As many changes as may be wait already. Nothing has changed. Details: `limit`. */
  queue_full: [900, true],
  /** The session or conversation was left, or the client closed, before the change was sent: it is not made. */
  left: [901, false],
  /** The change was sent, and it cannot be found out any more whether it was made. */
  uncertain: [902, false],
  /** There is no connection with the server. */
  connection_failed: [903, true],
  /** The server answered in words that are none of its codes. */
  unexpected: [904, false],
} as const satisfies Record<string, readonly [number, boolean]>;

/** The code of an error. */
export type ErrorCode = keyof typeof codes;

/** What went wrong, by its code: the server's (PROTOCOL.md, Errors) or one of the client's own, whose numbers are 9xx. */
export class RealtimeError extends Error {
  /** What went wrong, for programs. A later server may have codes that this type does not list. */
  readonly code: ErrorCode;
  /** The code's number. */
  readonly number: number;
  /** Whether the same call can succeed later. */
  readonly retryable: boolean;
  /** More about it: `limit`, `path`, `position`, `expected`, `retryAfter` (seconds), as the code has them; `{}` if it has none. */
  readonly details: JsonObject;

  /** @param message What went wrong, for people. */
  constructor(code: ErrorCode, message: string, details: JsonObject = emptyObject, options?: ErrorOptions) {
    super(message, options);
    this.name = "RealtimeError";
    this.code = code;
    [this.number, this.retryable] = Object.hasOwn(codes, code) ? codes[code] : codes.unexpected;
    this.details = details;
  }
}

/** Reads the error of a hub call. SignalR puts words of its own before the server's. */
export function readError(error: unknown): RealtimeError {
  if (error instanceof RealtimeError) return error;
  const message = error instanceof Error ? error.message : String(error);
  const [, code, text, details] = /HubException: ([a-z_]+): (.*?)(?: (\{.*\}))?$/s.exec(message) ?? [];
  if (code === undefined || text === undefined) return new RealtimeError("unexpected", message, emptyObject, { cause: error });
  return new RealtimeError(code as ErrorCode, text, readDetails(details));
}

/** A text that happens to end like details is none. */
function readDetails(details: string | undefined): JsonObject {
  try {
    return details === undefined ? emptyObject : freezeJson(JSON.parse(details) as JsonObject);
  } catch {
    return emptyObject;
  }
}
