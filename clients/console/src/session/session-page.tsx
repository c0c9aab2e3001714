import { useEffect, useState } from "react";
import { Link } from "wouter";
import type { LiveSession } from "realtime-sessions";
import { useSession } from "realtime-sessions/react";
import { useHub } from "../app/hub";
import { Notice } from "../design/notice";
import { DataPanel } from "./data/data-panel";
import { LeftNotice } from "./left-notice";
import { useUnanswered } from "./own-changes";
import { SessionHead } from "./session-head";
import { SidePanel } from "./side-panel";
import { useInfo } from "./use-info";
import "./session.css";

/** A session, live: its data, its past, its people. */
export function SessionPage({ applicationId, sessionId }: { readonly applicationId: string; readonly sessionId: string }) {
  const { client } = useHub();
  const { session, status, error } = useSession(client, { applicationId, sessionId, presence: true });
  if (status === "joining") return <p className="message" role="status">Joining the session …</p>;
  if (status === "failed") return <div className="page"><Notice>{error.message}</Notice><Link href={`/applications/${applicationId}`}>To the sessions</Link></div>;
  return <JoinedSession session={session} leftBecause={error && String(error.details["reason"] ?? error.code)} />;
}

function JoinedSession({ session, leftBecause }: { readonly session: LiveSession; readonly leftBecause: string | undefined }) {
  const info = useInfo(session);
  const [at, setAt] = useState<number>();
  const [problem, setProblem] = useState<string>();
  const [unanswered, watch] = useUnanswered();
  const isOpen = info.status === "open" && leftBecause === undefined;
  useEffect(() => session.on("refused", ({ error }) => setProblem(`A change was not made: ${error.message}`)), [session]);

  return (
    <div className="session">
      <SessionHead session={session} info={info} />
      {leftBecause !== undefined && <LeftNotice reason={leftBecause} unanswered={unanswered} />}
      {problem && <Notice onDismiss={() => setProblem(undefined)}>{problem}</Notice>}
      <div className="session-panels">
        <DataPanel session={session} isOpen={isOpen} at={at} onLookAt={setAt} onMade={watch} />
        <SidePanel session={session} isOpen={isOpen} onLookAt={setAt} onMade={watch} />
      </div>
    </div>
  );
}
