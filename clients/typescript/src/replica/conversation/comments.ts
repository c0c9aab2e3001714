import type { Comment, PlacedComment } from "../../protocol/conversation.js";
import type { Change } from "../change.js";
import type { CommentContent } from "./content.js";

/** A comment that has its place in the conversation. */
export interface ConfirmedComment extends Pick<PlacedComment, "sequence" | "comment"> {
  readonly pending: false;
  /** What tells it from the others of a list: its sequence as text. */
  readonly key: string;
}

/** An own comment on its way. */
export interface PendingComment {
  readonly pending: true;
  readonly sequence?: undefined;
  /** What tells it from the others of a list while it is pending. */
  readonly key: string;
  /** As it was asked for; `createdAt` is by this client's clock. */
  readonly comment: Pick<Comment, "conversationId" | "creatorId" | "content" | "priority" | "createdAt">;
}

/** A comment as it is shown. */
export type LiveComment = ConfirmedComment | PendingComment;

/** A comment with its place. */
export function confirmedComment({ sequence, comment }: Pick<PlacedComment, "sequence" | "comment">): ConfirmedComment {
  return Object.freeze({ pending: false, key: `${sequence}`, sequence, comment });
}

/** A comment on its way. */
export function pendingComment({ content, madeAt }: Change<CommentContent>, key: string, conversationId: number, creatorId: number): PendingComment {
  return Object.freeze({ pending: true, key, comment: Object.freeze({ conversationId, creatorId, ...content, createdAt: madeAt }) });
}
