import { CommentPriority, type ConversationView, type LiveComment, type LiveConversation } from "realtime-sessions";
import { useEffect, useState } from "react";
import { Notice } from "../../design/notice";
import { useDirectory } from "../data/directory";
import { CommentRow } from "./comment-row";
import { partsOf } from "./text-parts";
import { useStickToEnd } from "./use-stick-to-end";

interface CommentsProps {
  readonly conversation: LiveConversation;
  readonly view: ConversationView;
}

/** Comments of the same person within this time stand together, unless they are important; in milliseconds. */
const together = 300_000;

/** The comments of a conversation, oldest first, kept at their end while one is there. */
export function Comments({ conversation, view: { comments, hasEarlier } }: CommentsProps) {
  const [isLoading, setIsLoading] = useState(false);
  const [problem, setProblem] = useState<string>();
  const { list, isAtEnd, toEnd } = useStickToEnd(comments[0]?.key, comments.length);
  const [seen, setSeen] = useState(comments.length);
  if (isAtEnd && seen !== comments.length) setSeen(comments.length);
  const own = comments.at(-1)?.pending ? comments.at(-1)!.key : undefined;
  useEffect(() => {
    // What one has just said, one sees.
    if (own) toEnd();
  }, [own, toEnd]);
  const unseen = isAtEnd ? 0 : comments.length - seen;

  async function loadEarlier() {
    setIsLoading(true);
    setProblem(undefined);
    const before = conversation.comments.length;
    await conversation.loadEarlier().catch((error: unknown) => setProblem((error as Error).message));
    setSeen(count => count + Math.max(0, conversation.comments.length - before));
    setIsLoading(false);
  }

  return (
    <div className="comments-frame">
      <div className="comments" ref={list} tabIndex={0} role="group" aria-label="Oldest first">
        {hasEarlier && <button className="more" disabled={isLoading} onClick={() => void loadEarlier()}>Show earlier ones</button>}
        {problem && <Notice onDismiss={() => setProblem(undefined)}>{problem}</Notice>}
        {comments.length === 0 && <p className="empty">Nobody has said anything yet.</p>}
        <ol>
          {comments.map((comment, index) => <CommentRow key={comment.key} live={comment} isContinued={continues(comments[index - 1], comment)} />)}
        </ol>
      </div>
      {unseen > 0 && <button className="to-end primary" onClick={toEnd}>↓ {unseen} new</button>}
      <Announcements conversation={conversation} />
    </div>
  );
}

/** What others say is read out when nothing else is. */
function Announcements({ conversation }: { readonly conversation: LiveConversation }) {
  const { people, groups } = useDirectory();
  const [said, setSaid] = useState("");
  useEffect(() => conversation.on("comment", ({ comment: { creatorId, content } }) => {
    if (creatorId === conversation.userId) return;
    const nameOf = (userId: number) => people.get(userId)?.name ?? `User ${userId}`;
    const parts = partsOf(content).map(part => (part.kind === "user" ? `@${nameOf(part.userId)}` : (part.kind === "group" && groups.get(part.groupId)?.name) || part.text));
    setSaid(`${nameOf(creatorId)}: ${parts.join("")}`);
  }), [conversation, people, groups]);
  return <p className="visually-hidden" role="status">{said}</p>;
}

function continues(before: LiveComment | undefined, { comment }: LiveComment): boolean {
  if (comment.priority === CommentPriority.Important) return false;
  return before?.comment.creatorId === comment.creatorId && Date.parse(comment.createdAt) - Date.parse(before.comment.createdAt) < together;
}
