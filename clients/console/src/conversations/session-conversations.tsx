import { useConversation } from "realtime-sessions/react";
import { useId, useMemo, useState } from "react";
import { Link } from "wouter";
import { useHub } from "../app/hub";
import { Age } from "../design/age";
import { Notice } from "../design/notice";
import { LiveComments } from "./comments/live-comments";
import { useDirectory } from "./data/directory";
import { sessionLink } from "./data/links";
import { participation } from "./data/roles";
import { usePages } from "./data/use-pages";
import { useVisitedPlace } from "./data/use-visited-place";
import { WhereEnabled } from "./enabled";
import { ConversationDialog } from "./forms/conversation-dialog";
import type { ListedConversation } from "./list/conversation-list";
import { useConversations } from "./list/use-conversations";
import "./conversations.css";

interface SessionConversationsProps {
  readonly applicationId: string;
  readonly sessionId: string;
}

/** The conversations about a session, to be held beside it. At home from 320 px of width on. */
export function SessionConversations(session: SessionConversationsProps) {
  return <WhereEnabled>{self => <List {...session} self={self.userId} />}</WhereEnabled>;
}

function List({ applicationId, sessionId, self }: SessionConversationsProps & { readonly self: number }) {
  const { api } = useDirectory();
  const link = sessionLink(applicationId, sessionId);
  const { items: spaces, problem: noSpaces, readOn: readSpaces } = usePages((next, signal) => api.listSpaces(next, signal), [api]);
  const conversations = useConversations({ externalObjectId: link }, useMemo(() => spaces.map(space => space.spaceId), [spaces]), self);
  const { list, isRead, problem, put, readOn, again } = conversations;
  const [openId, setOpenId] = useState<number>();
  const [isBeginning, setIsBeginning] = useState(false);
  return (
    <div className="session-conversations">
      {problem && <Notice>{problem} <button onClick={again}>Try again</button></Notice>}
      {noSpaces && !problem && <Notice>{noSpaces} <button onClick={readSpaces}>Try again</button></Notice>}
      {!isRead && !problem && <p role="status">Loading …</p>}
      {isRead && list.entries.length === 0 && <p className="empty">There is no conversation about this session that you take part in.</p>}
      <ul>
        {list.entries.map(entry => {
          const { conversationId: id } = entry.conversation;
          return <li key={id}><Entry entry={entry} self={self} isOpen={openId === id} onSwitch={() => setOpenId(open => (open === id ? undefined : id))} /></li>;
        })}
      </ul>
      {list.next !== undefined && <button className="more" disabled={list.heard !== undefined} onClick={readOn}>Show more</button>}
      <button onClick={() => setIsBeginning(true)}>New conversation about this session</button>
      {isBeginning && (
        <ConversationDialog
          spaces={spaces} links={[{ id: link }]} onClose={() => setIsBeginning(false)}
          onDone={conversation => {
            put(conversation);
            setOpenId(conversation.conversationId);
          }}
        />
      )}
    </div>
  );
}

interface EntryProps {
  readonly entry: ListedConversation;
  readonly self: number;
  readonly isOpen: boolean;
  readonly onSwitch: () => void;
}

/** A conversation that was opened once stays joined, with what one has typed there. */
function Entry({ entry: { conversation, newComments }, self, isOpen, onSwitch }: EntryProps) {
  const id = useId();
  const [wasOpened, setWasOpened] = useState(isOpen);
  if (isOpen && !wasOpened) setWasOpened(true);
  return (
    <article className="card">
      <h3>
        <button className="opener" aria-expanded={isOpen} aria-controls={id} onClick={onSwitch}>
          <span className="name">{conversation.name}</span>
          {newComments > 0 && !isOpen && <span className="badge accent">{newComments} new</span>}
          <Age of={conversation.updatedAt} isShort />
        </button>
      </h3>
      <div id={id} hidden={!isOpen}>{wasOpened && <Opened conversationId={conversation.conversationId} self={self} />}</div>
    </article>
  );
}

function Opened({ conversationId, self }: { readonly conversationId: number; readonly self: number }) {
  const { client } = useHub();
  const { conversation, view, error } = useConversation(client, { conversationId });
  const info = view?.info;
  const place = useVisitedPlace(info?.spaceId);
  if (!conversation || !info) return error ? <Notice>{error.message}</Notice> : <p role="status">Joining …</p>;
  const role = info.spaceId === undefined || place ? participation(info, place)(self)?.role : undefined;
  return (
    <>
      <LiveComments conversation={conversation} view={view} place={place} role={role} left={error && String(error.details["reason"] ?? error.code)} />
      <Link href={`/conversations/${conversationId}`}>Open it</Link>
    </>
  );
}
