import { useMemo, useState } from "react";
import { useLocation } from "wouter";
import { Notice } from "../design/notice";
import { useDirectory } from "./data/directory";
import type { Person } from "./data/resources";
import { usePages } from "./data/use-pages";
import { WhereEnabled } from "./enabled";
import { ConversationDialog } from "./forms/conversation-dialog";
import { SpaceDialog } from "./forms/space-dialog";
import { ConversationRows } from "./list/conversation-rows";
import { useConversations } from "./list/use-conversations";
import { SpaceCard } from "./parts/space-card";
import "./conversations.css";

/** One's spaces, and the conversations of all of them and of none. */
export default function SpacesPage() {
  return <WhereEnabled>{self => <Page self={self} />}</WhereEnabled>;
}

function Page({ self }: { readonly self: Person }) {
  const { api } = useDirectory();
  const [, navigate] = useLocation();
  const [open, setOpen] = useState<"space" | "conversation">();
  const { items: spaces, isRead, hasMore, problem, readOn } = usePages((next, signal) => api.listSpaces(next, signal), [api]);
  const conversations = useConversations({}, useMemo(() => spaces.map(space => space.spaceId), [spaces]), self.userId);
  const close = () => setOpen(undefined);
  return (
    <div className="page">
      <div className="page-head">
        <h1>Conversations</h1>
        <div className="actions">
          <button onClick={() => setOpen("space")}>New space</button>
          <button className="primary" onClick={() => setOpen("conversation")}>New conversation</button>
        </div>
      </div>
      <section className="stack" aria-labelledby="spaces">
        <h2 id="spaces">Spaces</h2>
        {problem && <Notice>{problem} <button onClick={readOn}>Try again</button></Notice>}
        {!isRead && !problem && <p role="status">Loading …</p>}
        {isRead && spaces.length === 0 && <p className="empty">You are in no space. Whoever makes one owns it, and invites others.</p>}
        <ul className="cards">{spaces.map(space => <li key={space.spaceId}><SpaceCard space={space} self={self.userId} /></li>)}</ul>
        {hasMore && <button className="more" onClick={readOn}>Show more spaces</button>}
      </section>
      <section className="stack" aria-labelledby="conversations">
        <h2 id="conversations">Changed last</h2>
        <ConversationRows conversations={conversations} self={self.userId} hasSpaces empty="There is no conversation that you take part in." />
      </section>
      {open === "space" && <SpaceDialog onDone={spaceId => navigate(`/spaces/${spaceId}`)} onClose={close} />}
      {open === "conversation" && <ConversationDialog spaces={spaces} onDone={({ conversationId }) => navigate(`/conversations/${conversationId}`)} onClose={close} />}
    </div>
  );
}
