import { ConversationRole, type ConversationView, type LiveConversation } from "realtime-sessions";
import { useSyncStatus } from "realtime-sessions/react";
import { useMemo } from "react";
import { Notice } from "../../design/notice";
import { usePeople } from "../data/directory";
import { participantsOf, type Place } from "../data/roles";
import { CommentForm } from "./comment-form";
import { Comments } from "./comments";
import type { Mentionable } from "./mentions";

interface LiveCommentsProps {
  readonly conversation: LiveConversation;
  readonly view: ConversationView;
  readonly place: Place | undefined;
  /** What one may do; `undefined` while that is not known: the server says. */
  readonly role: ConversationRole | undefined;
  /** Why nothing comes any more; `undefined`: it does. */
  readonly left: string | undefined;
}

const reasons: Readonly<Record<string, string>> = { deleted: "It has been deleted.", access_revoked: "You do not take part in it any more." };

/** The comments of a conversation as they come, and the form to write one. */
export function LiveComments({ conversation, view, place, role, left }: LiveCommentsProps) {
  const people = usePeople();
  const mentionables = useMemo(() => whomToMention(view, place, new Map(people.map(person => [person.userId, person.name]))), [view.info, place, people]);
  return (
    <section className="talk" aria-label="Comments">
      <Comments conversation={conversation} view={view} />
      {left !== undefined && <Notice kind="hint">{reasons[left] ?? `It was left: ${left}.`}</Notice>}
      {left === undefined && role === ConversationRole.CollaborationComplete && <p className="hint">Your collaboration is complete: you can read along.</p>}
      {left === undefined && role !== ConversationRole.CollaborationComplete && <CommentForm conversation={conversation} mentionables={mentionables} />}
    </section>
  );
}

const statuses = { synchronized: ["Up to date", "good"], synchronizing: ["Synchronizing", "warn"], disconnected: ["Not connected", "bad"] } as const;

/** Whether everything is known, and everything has been sent. */
export function SyncBadge({ conversation }: { readonly conversation: LiveConversation }) {
  const [label, tone] = statuses[useSyncStatus(conversation)];
  return <span className={`badge ${tone}`} role="status">{label}</span>;
}

/** Those who take part, as far as one knows their names, and the groups. */
function whomToMention({ info }: ConversationView, place: Place | undefined, names: ReadonlyMap<number, string>): readonly Mentionable[] {
  const people = participantsOf(info, place).flatMap(({ userId }) => ({ name: names.get(userId) ?? `User ${userId}`, text: `@user:${userId}` }));
  const groups = info.groups.flatMap(({ groupId }) => place?.groups.find(group => group.groupId === groupId) ?? []);
  return [...people, ...groups.map(({ groupId, name }) => ({ name, text: `@group:${groupId}` }))];
}
