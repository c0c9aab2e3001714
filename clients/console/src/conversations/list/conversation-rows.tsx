import { Stakeholder } from "realtime-sessions";
import { Link } from "wouter";
import { Age } from "../../design/age";
import { Notice } from "../../design/notice";
import { usePlace } from "../data/directory";
import { participation, roleNames, stakeholderNames } from "../data/roles";
import { LinkedObject } from "../parts/linked-object";
import { PersonName } from "../parts/person";
import type { ListedConversation } from "./conversation-list";
import type { Conversations } from "./use-conversations";

interface ConversationRowsProps {
  readonly conversations: Conversations;
  /** Who one is. */
  readonly self: number;
  /** What to say where there is none. */
  readonly empty: string;
  /** Whether each says which space it is in. Default false. */
  readonly hasSpaces?: boolean;
}

/** Conversations, those changed last first. */
export function ConversationRows({ conversations: { list, isRead, problem, readOn, again }, self, empty, hasSpaces = false }: ConversationRowsProps) {
  return (
    <>
      {problem && <Notice>{problem} <button onClick={again}>Try again</button></Notice>}
      {!isRead && !problem && <p role="status">Loading …</p>}
      {isRead && list.entries.length === 0 && <p className="empty">{empty}</p>}
      <ul className="conversations">
        {list.entries.map(entry => <li key={entry.conversation.conversationId}><Row entry={entry} self={self} hasSpace={hasSpaces} /></li>)}
      </ul>
      {list.next !== undefined && <button className="more" disabled={list.heard !== undefined} onClick={readOn}>Show more</button>}
    </>
  );
}

function Row({ entry: { conversation, newComments }, self, hasSpace }: { readonly entry: ListedConversation; readonly self: number; readonly hasSpace: boolean }) {
  const { conversationId, name, details, spaceId, creatorId, stakeholder, tags, externalObjects, updatedAt } = conversation;
  const place = usePlace(spaceId);
  const own = spaceId === undefined || place ? participation(conversation, place)(self) : undefined;
  return (
    <article className="card conversation">
      <header className="row">
        <h3><Link href={`/conversations/${conversationId}`}>{name}</Link></h3>
        {newComments > 0 && <span className="badge accent">{newComments} new</span>}
        <Age of={updatedAt} />
      </header>
      {details && <p className="excerpt">{details}</p>}
      <footer className="row">
        <span className="hint">
          {hasSpace && <>{spaceId === undefined ? "In no space" : place?.space.name ?? `Space ${spaceId}`} · </>}
          by <PersonName userId={creatorId} /> · {stakeholder === Stakeholder.Everyone ? "for everyone" : stakeholderNames[stakeholder].toLowerCase()}
        </span>
        {own && <span className="badge" title="Your role">{roleNames[own.role]}</span>}
        {tags.map(tag => <span key={tag} className="hashtag">#{tag}</span>)}
        {externalObjects.map(object => <LinkedObject key={object.id} object={object} />)}
      </footer>
    </article>
  );
}
