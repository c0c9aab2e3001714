import { CommentPriority, type LiveComment } from "realtime-sessions";
import { memo } from "react";
import { Age } from "../../design/age";
import { moment } from "../../lib/time";
import { PersonAvatar, PersonName } from "../parts/person";
import { RichText } from "./rich-text";

interface CommentRowProps {
  readonly live: LiveComment;
  /** Whether the same person goes on, so that his name needs not be said again. */
  readonly isContinued: boolean;
}

/** A comment. */
export const CommentRow = memo(function CommentRow({ live, isContinued }: CommentRowProps) {
  const { creatorId, content, priority, createdAt } = live.comment;
  const isImportant = priority === CommentPriority.Important;
  const mentioned = live.pending ? undefined : userIdsOf(live.comment.mentions);
  return (
    <li className={isContinued ? "comment continued" : "comment"} data-pending={live.pending} data-important={isImportant}>
      <span className="face">{!isContinued && <PersonAvatar userId={creatorId} />}</span>
      <div>
        <p className={isContinued ? "visually-hidden" : "who"}><strong><PersonName userId={creatorId} /></strong> <Age of={createdAt} /> {isImportant && <span className="badge warn">Important</span>}</p>
        <p className="said" title={moment(createdAt)}><RichText text={content} {...(mentioned && { mentioned })} /></p>
        {live.pending && <p className="hint">Sending …</p>}
      </div>
    </li>
  );
});

function userIdsOf(mentions: readonly object[]): readonly number[] {
  return mentions.flatMap(mention => ("userId" in mention ? [mention.userId as number] : []));
}
