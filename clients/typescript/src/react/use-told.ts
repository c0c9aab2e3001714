import { useCallback, useSyncExternalStore } from "react";
import type { SyncStatus } from "../replica/effects.js";

/** What tells by name. */
interface Telling<N extends string> {
  on(name: N, handler: () => void): () => void;
}

/** Reads something of what was joined, again whenever it tells something. */
export function useTold<N extends string, L extends Telling<N>, T>(live: L | undefined, name: N, read: (live: L) => T, absent: T): T {
  const subscribe = useCallback((changed: () => void) => live?.on(name, changed) ?? (() => undefined), [live, name]);
  const snapshot = () => (live ? read(live) : absent);
  return useSyncExternalStore(subscribe, snapshot, snapshot);
}

/** Where a session or a conversation stands; renders when that changes. `disconnected` while there is none. */
export function useSyncStatus(live: (Telling<"syncStatus"> & { readonly syncStatus: SyncStatus }) | undefined): SyncStatus {
  return useTold(live, "syncStatus", ({ syncStatus }) => syncStatus, "disconnected");
}
