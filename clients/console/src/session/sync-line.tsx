import { useCallback, useEffect, useState } from "react";
import type { LiveSession } from "realtime-sessions";
import { useSyncStatus } from "realtime-sessions/react";
import { useHub } from "../app/hub";
import { usePaced } from "../lib/use-paced";

/** How often the round trip is measured, in milliseconds. */
const every = 5_000;

const labels = { synchronized: "Synchronized", synchronizing: "Synchronizing", disconnected: "Offline" } as const;

/** Where this page stands: its position, what is still to be sent, how far the server is. */
export function SyncLine({ session }: { readonly session: LiveSession }) {
  const status = useSyncStatus(session);
  const latency = useLatency(session);
  const position = usePaced(useCallback(changed => session.on("event", changed), [session]), () => session.position.sequence);
  const pending = usePaced(useCallback(changed => {
    const ends = [session.on("change", changed), session.on("syncStatus", changed)];
    return () => ends.forEach(end => end());
  }, [session]), () => session.pendingChanges);
  return (
    <span className="sync-line" data-status={status}>
      <span role="status">{labels[status]}{pending > 0 && status !== "synchronized" && `, ${pending} to send`}</span>
      <span className="hint">at <span className="mono">{position.toLocaleString("en")}</span></span>
      {latency !== undefined && <span className="hint" title="How long a call to the server takes">{latency < 10 ? latency.toFixed(1) : Math.round(latency)} ms</span>}
    </span>
  );
}

/** How long a small call takes, in milliseconds; `undefined` until it is known. */
function useLatency({ applicationId, sessionId }: LiveSession): number | undefined {
  const { client } = useHub();
  const [latency, setLatency] = useState<number>();
  useEffect(() => {
    const abort = new AbortController();
    async function measure() {
      if (document.hidden || client.state !== "connected") return;
      const begun = performance.now();
      await client.getSession({ applicationId, sessionId }, { signal: abort.signal }).then(() => setLatency(performance.now() - begun), () => setLatency(undefined));
    }
    void measure();
    const timer = setInterval(() => void measure(), every);
    return () => {
      clearInterval(timer);
      abort.abort();
    };
  }, [client, applicationId, sessionId]);
  return latency;
}
