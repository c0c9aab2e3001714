import { useState } from "react";
import { Link, useLocation } from "wouter";
import type { LiveSession, Session } from "realtime-sessions";
import { usePresence } from "realtime-sessions/react";
import { Avatar } from "../design/avatar";
import { EndDialog } from "../sessions/end-dialog";
import { SyncLine } from "./sync-line";

interface SessionHeadProps {
  readonly session: LiveSession;
  readonly info: Session;
}

/** What the session is called, who is in it, where this page stands, and what ends it. */
export function SessionHead({ session, info }: SessionHeadProps) {
  const { applicationId, sessionId } = info;
  const people = Object.keys(usePresence(session));
  const [ending, setEnding] = useState<"close" | "delete">();
  const [, go] = useLocation();
  const sessions = `/applications/${applicationId}`;

  return (
    <header className="session-head">
      <nav className="crumbs" aria-label="Where this is"><Link href="/">Applications</Link> / <Link href={sessions}>{applicationId}</Link> / <span>{sessionId}</span></nav>
      <h1>{info.name}</h1>
      <span className={`badge ${info.status === "open" ? "good" : ""}`}>{info.status}</span>
      <ul className="faces" aria-label="Who is here">{people.map(userId => <li key={userId}><Avatar id={userId} /></li>)}</ul>
      <SyncLine session={session} />
      <div className="actions">
        {info.status === "open" && <button onClick={() => setEnding("close")}>Close …</button>}
        <button onClick={() => setEnding("delete")}>Delete …</button>
      </div>
      {ending && <EndDialog session={info} what={ending} onClose={() => setEnding(undefined)} onDone={() => ending === "delete" && go(sessions)} />}
    </header>
  );
}
