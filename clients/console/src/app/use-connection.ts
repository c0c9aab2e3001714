import type { ConnectionState } from "realtime-sessions";
import { useCallback, useEffect, useState, useSyncExternalStore } from "react";
import { SignInEnded } from "../identity/credentials";
import { useHub } from "./hub";

/** How the connection with the server stands; `ended`: none can be had until one signs in again. */
export type ConnectionStatus = ConnectionState | "ended";

/** Keeps the connection from the start, so that one sees whether it works, and tells how it stands. */
export function useConnection(): ConnectionStatus {
  const { client } = useHub();
  const state = useSyncExternalStore(useCallback(changed => client.on("state", changed), [client]), () => client.state);
  const [hasEnded, setHasEnded] = useState(false);
  useEffect(() => {
    const abort = new AbortController();
    const unsubscribe = [
      client.on("error", ({ cause }) => setHasEnded(cause instanceof SignInEnded)),
      client.on("state", changed => {
        if (changed === "connected") setHasEnded(false);
      }),
    ];
    client.connect({ signal: abort.signal, timeout: Infinity }).catch(() => undefined);
    return () => {
      unsubscribe.forEach(end => end());
      abort.abort();
    };
  }, [client]);
  return hasEnded && state !== "closed" ? "ended" : state;
}
