import { ConversationRole, type Conversation, type ConversationView, type LiveConversation, type RealtimeError } from "realtime-sessions";
import { useConversation } from "realtime-sessions/react";
import { useState } from "react";
import { Link, useLocation } from "wouter";
import { useHub } from "../app/hub";
import { Dialog } from "../design/dialog";
import { Notice } from "../design/notice";
import { LiveComments, SyncBadge } from "./comments/live-comments";
import { useDirectory } from "./data/directory";
import { participation, roleNames } from "./data/roles";
import { useVisitedPlace } from "./data/use-visited-place";
import { WhereEnabled } from "./enabled";
import { ConversationDialog } from "./forms/conversation-dialog";
import { About } from "./parts/about";
import "./conversations.css";

/** A conversation. */
export default function ConversationPage({ conversationId }: { readonly conversationId: number }) {
  return <WhereEnabled>{self => <Joined conversationId={conversationId} self={self.userId} />}</WhereEnabled>;
}

function Joined({ conversationId, self }: { readonly conversationId: number; readonly self: number }) {
  const { client } = useHub();
  const { conversation, view, error } = useConversation(client, { conversationId });
  if (conversation) return <Page conversation={conversation} view={view} self={self} error={error} />;
  return error ? <div className="page"><Notice>{explain(error)}</Notice></div> : <p className="message" role="status">Joining the conversation …</p>;
}

interface PageProps {
  readonly conversation: LiveConversation;
  readonly view: ConversationView;
  readonly self: number;
  /** Why it was left; `undefined`: it was not. */
  readonly error: RealtimeError | undefined;
}

function Page({ conversation, view, self, error }: PageProps) {
  const { info } = view;
  const place = useVisitedPlace(info.spaceId, info);
  const [isAboutOpen, setIsAboutOpen] = useState(false);
  const role = info.spaceId === undefined || place ? participation(info, place)(self)?.role : undefined;
  const left = error && String(error.details["reason"] ?? error.code);
  return (
    <div className="conversation-page" data-about={isAboutOpen}>
      <div className="page-head">
        <nav className="crumbs" aria-label="Where this is">
          <Link href="/conversations">Conversations</Link>
          {info.spaceId !== undefined && <><span aria-hidden="true">/</span><Link href={`/spaces/${info.spaceId}`}>{place?.space.name ?? `Space ${info.spaceId}`}</Link></>}
        </nav>
        <h1>{info.name}</h1>
        {role && <span className="badge" title="Your role">{roleNames[role]}</span>}
        <SyncBadge conversation={conversation} />
        <div className="actions">
          <button className="about-switch" aria-expanded={isAboutOpen} onClick={() => setIsAboutOpen(open => !open)}>{isAboutOpen ? "Comments" : "About"}</button>
          {role === ConversationRole.Editor && left === undefined && <EditorActions conversation={info} />}
        </div>
      </div>
      <LiveComments conversation={conversation} view={view} place={place} role={role} left={left} />
      <About conversation={info} place={place} />
    </div>
  );
}

function EditorActions({ conversation }: { readonly conversation: Conversation }) {
  const { api } = useDirectory();
  const [, navigate] = useLocation();
  const [open, setOpen] = useState<"change" | "delete">();
  const close = () => setOpen(undefined);

  async function remove() {
    await api.deleteConversation(conversation.conversationId);
    navigate(conversation.spaceId === undefined ? "/conversations" : `/spaces/${conversation.spaceId}`);
  }

  return (
    <>
      <button onClick={() => setOpen("change")}>Change</button>
      <button onClick={() => setOpen("delete")}>Delete</button>
      {open === "change" && <ConversationDialog conversation={conversation} onClose={close} />}
      {open === "delete" && (
        <Dialog title={`Delete "${conversation.name}"?`} action="Delete it" isDangerous onSubmit={remove} onClose={close}>
          <p>It goes with all of its comments, for everybody, and does not come back.</p>
        </Dialog>
      )}
    </>
  );
}

function explain({ code, message }: RealtimeError): string {
  return code === "conversation_not_found" ? "There is no such conversation, or you take no part in it." : message;
}
