import type { LiveSession } from "realtime-sessions";
import { useSessionData, useSyncStatus } from "realtime-sessions/react";
import { useEffect, useState } from "react";
import type { Board } from "./board";

const labels = { synchronized: "Synchronized", synchronizing: "Synchronizing", disconnected: "Offline" };

export function StatusLight({ session }: { session: LiveSession<Board> }) {
  const status = useSyncStatus(session);
  const pending = useSessionData(session, () => session.pendingChanges);
  const [shown, setShown] = useState(status);
  useEffect(() => {
    // Every change is on its way for a moment: that is told only if it lasts.
    const timer = setTimeout(() => setShown(status), status === "synchronizing" ? 300 : 0);
    return () => clearTimeout(timer);
  }, [status]);
  return (
    <p className="status" role="status" data-status={shown}>
      {labels[shown]}
      {shown === "disconnected" && pending ? `, ${pending} to send` : ""}
    </p>
  );
}
