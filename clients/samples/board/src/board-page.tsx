import type { LiveSession, RealtimeClient } from "realtime-sessions";
import { useSession } from "realtime-sessions/react";
import { useEffect, useState } from "react";
import type { Board } from "./board";
import { boardSession } from "./client";
import { Surface } from "./surface";
import { Toolbar } from "./toolbar";

export function BoardPage({ client }: { client: RealtimeClient }) {
  const { session, status, error } = useSession<Board>(client, { ...boardSession, presence: true });
  useLeaveWarning(session);
  const refusal = useRefusal(session);

  if (status === "joining") return <p className="message" role="status">Opening the board …</p>;
  if (status === "failed") return <p className="message" role="alert">{error.message}</p>;
  return (
    <>
      <Toolbar session={session} />
      {status === "left" && <p className="notice" role="alert">{error.message}</p>}
      {refusal && <p className="notice" role="alert">A change was not made: {refusal}</p>}
      <Surface session={session} />
    </>
  );
}

/** Changes that the server has not got yet are lost with the page: the browser asks first. */
function useLeaveWarning(session: LiveSession<Board> | undefined): void {
  useEffect(() => {
    const warn = (event: BeforeUnloadEvent) => {
      if (session?.pendingChanges) event.preventDefault();
    };
    addEventListener("beforeunload", warn);
    return () => removeEventListener("beforeunload", warn);
  }, [session]);
}

/** Why a change was taken back, for a while. */
function useRefusal(session: LiveSession<Board> | undefined): string | undefined {
  const [refusal, setRefusal] = useState<string>();
  useEffect(() => session?.on("refused", ({ error }) => setRefusal(error.message)), [session]);
  useEffect(() => {
    const timer = setTimeout(() => setRefusal(undefined), 8_000);
    return () => clearTimeout(timer);
  }, [refusal]);
  return refusal;
}
