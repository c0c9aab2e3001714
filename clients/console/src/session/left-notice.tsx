import { Notice } from "../design/notice";
import type { Unanswered } from "./own-changes";

/** By the reason of `SessionLeft`, or the code by which joining again was refused. */
const texts: Readonly<Record<string, string>> = {
  access_revoked: "You may not read this session any more.",
  deleted: "This session was deleted.",
  session_not_found: "This session is not there any more, or you may not read it any more.",
  application_not_found: "This session's application is not there any more, or you may not see it any more.",
  forbidden: "You may not read this session any more.",
  data_too_large: "This session's data have become too large for this page.",
  limit_exceeded: "This page is in as many sessions as it may be.",
};

interface LeftNoticeProps {
  readonly reason: string;
  readonly unanswered: Unanswered;
}

/** Why the session is followed no longer, and what that means for the changes that were on their way. */
export function LeftNotice({ reason, unanswered: { unsent, uncertain } }: LeftNoticeProps) {
  return (
    <Notice>
      {texts[reason] ?? `This session is not followed any more (${reason}).`} What is shown is as it was here.
      {unsent > 0 && ` ${count(unsent)} not sent, and ${unsent === 1 ? "is" : "are"} not made.`}
      {uncertain > 0 && ` ${count(uncertain)} sent without an answer, and may be made or not.`}
    </Notice>
  );
}

function count(changes: number): string {
  return changes === 1 ? "1 change was" : `${changes.toLocaleString("en")} changes were`;
}
