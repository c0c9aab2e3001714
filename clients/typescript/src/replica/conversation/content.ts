import { RealtimeError } from "../../protocol/errors.js";
import type { CommentPriority } from "../../protocol/conversation.js";

/** A comment that an application asks for. */
export interface CommentContent {
  readonly content: string;
  readonly priority: CommentPriority;
}

/**
 * Checks a comment that an application gave. How long it may be is the server's to say.
 * @throws {RealtimeError} `invalid_argument` if it is no text, or none that would arrive as it is.
 */
export function readComment(content: unknown, priority: CommentPriority): CommentContent {
  if (typeof content !== "string" || content === "" || /\p{Surrogate}/u.test(content)) {
    throw new RealtimeError("invalid_argument", "$.content is no text.", { path: "$.content" });
  }
  return { content, priority };
}
