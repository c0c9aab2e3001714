import { useEffect, useSyncExternalStore } from "react";
import { Notice } from "../design/notice";
import { useHub } from "./hub";

const labels = { disconnected: "Not connected", connecting: "Connecting", connected: "Connected", reconnecting: "Connection lost, trying again", closed: "Closed" } as const;

/** Whether there is a connection with the server. */
export function ConnectionLight() {
  const { client } = useHub();
  const state = useSyncExternalStore(changed => client.on("state", changed), () => client.state);
  useEffect(() => {
    // Kept from the start, so that one sees whether it works; what fails is tried again, and seen here.
    client.connect().catch(() => undefined);
  }, [client]);
  return (
    <>
      <span className="light" data-state={state} role="status">{labels[state]}</span>
      {state === "reconnecting" && <div className="banner"><Notice kind="hint">The connection was lost. What you change is kept, and sent when it is back.</Notice></div>}
    </>
  );
}
