import { useMemo, useState, type ReactNode } from "react";
import { Link, useLocation } from "wouter";
import { ApiError } from "../api/api";
import { Dialog } from "../design/dialog";
import { Notice } from "../design/notice";
import { useAsked } from "../lib/use-asked";
import { useDirectory } from "./data/directory";
import { SpaceRole, type Person } from "./data/resources";
import type { Place } from "./data/roles";
import { WhereEnabled } from "./enabled";
import { ConversationDialog } from "./forms/conversation-dialog";
import { SpaceDialog } from "./forms/space-dialog";
import { ConversationRows } from "./list/conversation-rows";
import { useConversations } from "./list/use-conversations";
import { SpaceGroups } from "./parts/space-groups";
import { SpaceMembers } from "./parts/space-members";
import "./conversations.css";

/** A space: its conversations, its members and its groups. */
export default function SpacePage({ spaceId }: { readonly spaceId: number }) {
  return <WhereEnabled>{self => <Visited spaceId={spaceId} self={self} />}</WhereEnabled>;
}

function Visited({ spaceId, self }: { readonly spaceId: number; readonly self: Person }) {
  const directory = useDirectory();
  const { answer, problem, again } = useAsked<Place | "none">(signal => directory.visit(spaceId, signal).catch(none), [directory, spaceId]);
  if (answer === "none") return <div className="page"><Notice>There is no such space, or you are not a member of it.</Notice></div>;
  const notice = problem && <Notice>{problem} <button onClick={again}>Try again</button></Notice>;
  if (answer) return <Page place={answer} self={self.userId} notice={notice} onChanged={again} />;
  return notice ? <div className="page">{notice}</div> : <p className="message" role="status">Opening the space …</p>;
}

interface PageProps {
  readonly place: Place;
  /** Who one is. */
  readonly self: number;
  /** What is to be known of the space as it is shown. */
  readonly notice: ReactNode;
  readonly onChanged: () => void;
}

function Page({ place, self, notice, onChanged }: PageProps) {
  const { space } = place;
  const [, navigate] = useLocation();
  const [isOpen, setIsOpen] = useState(false);
  const conversations = useConversations({ spaceId: space.spaceId }, useMemo(() => [space.spaceId], [space.spaceId]), self, onChanged);
  const isOwner = space.members.some(member => member.userId === self && member.role === SpaceRole.Owner);
  return (
    <div className="page space-page">
      <div className="page-head">
        <nav className="crumbs" aria-label="Where this is"><Link href="/conversations">Conversations</Link></nav>
        <h1>{space.name}</h1>
        <div className="actions">
          {isOwner && <OwnerActions place={place} onChanged={onChanged} />}
          <button className="primary" onClick={() => setIsOpen(true)}>New conversation</button>
        </div>
        {space.details && <p className="said">{space.details}</p>}
      </div>
      {notice}
      <section className="stack" aria-labelledby="conversations">
        <h2 id="conversations" className="visually-hidden">Conversations</h2>
        <ConversationRows conversations={conversations} self={self} empty="There is no conversation here that you take part in." />
      </section>
      <aside className="stack" aria-label="Members and groups">
        <SpaceMembers space={space} self={self} isOwner={isOwner} onChanged={onChanged} onLeft={() => navigate("/conversations")} />
        <SpaceGroups place={place} isOwner={isOwner} onChanged={onChanged} />
      </aside>
      {isOpen && (
        <ConversationDialog spaces={[space]} isInSpace onDone={({ conversationId }) => navigate(`/conversations/${conversationId}`)} onClose={() => setIsOpen(false)} />
      )}
    </div>
  );
}

function OwnerActions({ place: { space }, onChanged }: { readonly place: Place; readonly onChanged: () => void }) {
  const { api } = useDirectory();
  const [, navigate] = useLocation();
  const [open, setOpen] = useState<"change" | "delete">();
  const close = () => setOpen(undefined);

  async function remove() {
    await api.deleteSpace(space.spaceId);
    navigate("/conversations");
  }

  return (
    <>
      <button onClick={() => setOpen("change")}>Change</button>
      <button onClick={() => setOpen("delete")}>Delete</button>
      {open === "change" && <SpaceDialog space={space} onDone={onChanged} onClose={close} />}
      {open === "delete" && (
        <Dialog title={`Delete "${space.name}"?`} action="Delete it" isDangerous onSubmit={remove} onClose={close}>
          <p>It goes with all of its conversations and groups, for everybody, and does not come back.</p>
        </Dialog>
      )}
    </>
  );
}

/** The space may have been deleted, or one be removed from it, also while one looks at it. */
function none(error: unknown): "none" {
  if (error instanceof ApiError && error.code === "space_not_found") return "none";
  throw error;
}
