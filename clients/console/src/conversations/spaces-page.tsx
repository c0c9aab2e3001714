import { useMemo, useState } from "react";
import { useLocation } from "wouter";
import { Notice } from "../design/notice";
import { ConversationDialog } from "./conversation-dialog";
import { ConversationRows } from "./conversation-rows";
import { useDirectory } from "./directory";
import { WhereEnabled } from "./enabled";
import type { Person } from "./resources";
import { SpaceCard } from "./space-card";
import { SpaceDialog } from "./space-dialog";
import { useConversations } from "./use-conversations";
import { usePages } from "./use-pages";
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
        {problem && <Notice>{problem}</Notice>}
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
