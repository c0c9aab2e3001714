import { useState } from "react";
import { Link, useLocation } from "wouter";
import type { LiveSession, Session } from "realtime-sessions";
import { usePresence } from "realtime-sessions/react";
import { useHub } from "../app/hub";
import { Avatar } from "../design/avatar";
import { Dialog } from "../design/dialog";
import { SyncLine } from "./sync-line";

interface SessionHeadProps {
  readonly session: LiveSession;
  readonly info: Session;
  readonly onProblem: (problem: string) => void;
}

/** What the session is called, who is in it, where this page stands, and what ends it. */
export function SessionHead({ session, info, onProblem }: SessionHeadProps) {
  const { client } = useHub();
  const { applicationId, sessionId } = info;
  const people = Object.keys(usePresence(session));
  const [isDeleting, setIsDeleting] = useState(false);
  const [, go] = useLocation();
  const sessions = `/applications/${applicationId}`;

  async function close() {
    try {
      await client.closeSession({ applicationId, sessionId });
    } catch (error) {
      onProblem((error as Error).message);
    }
  }

  return (
    <header className="session-head">
      <nav className="crumbs" aria-label="Where this is"><Link href="/">Applications</Link> / <Link href={sessions}>{applicationId}</Link> / <span>{sessionId}</span></nav>
      <h1>{info.name}</h1>
      <span className={`badge ${info.status === "open" ? "good" : ""}`}>{info.status}</span>
      <ul className="faces" aria-label="Who is here">{people.map(userId => <li key={userId}><Avatar id={userId} /></li>)}</ul>
      <SyncLine session={session} />
      <div className="actions">
        {info.status === "open" && <button onClick={() => void close()}>Close</button>}
        <button onClick={() => setIsDeleting(true)}>Delete …</button>
      </div>
      {isDeleting && (
        <Dialog title={`Delete “${info.name}”?`} action="Delete for good" isDangerous onClose={() => setIsDeleting(false)}
          onSubmit={() => client.deleteSession({ applicationId, sessionId }).then(() => go(sessions))}>
          <p>Its data and its history are gone for everybody, and its id is never used again.</p>
        </Dialog>
      )}
    </header>
  );
}
