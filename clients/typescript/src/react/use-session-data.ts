import { useCallback, useRef, useSyncExternalStore } from "react";
import type { People } from "../protocol/objects.js";
import type { SyncStatus } from "../replica/effects.js";
import type { SessionEvents } from "../session/events.js";
import type { LiveSession } from "../session/live-session.js";

const nobody: People = Object.freeze({});

/** The data of a session; renders when they change. `undefined` while there is no session. */
export function useSessionData<TData extends object>(session: LiveSession<TData> | undefined): Readonly<TData> | undefined;
/**
 * A part of the data of a session; renders when this part changes.
 * @param select Picks the part.
 * @param isEqual Whether two parts are the same. Default `Object.is`, which is enough for whatever is picked as it is: what has not changed stays the same object.
 */
export function useSessionData<TData extends object, T>(
  session: LiveSession<TData> | undefined, select: (data: Readonly<TData>) => T, isEqual?: (left: T, right: T) => boolean,
): T | undefined;
export function useSessionData<TData extends object>(
  session: LiveSession<TData> | undefined,
  select: (data: Readonly<TData>) => unknown = data => data,
  isEqual: (left: unknown, right: unknown) => boolean = Object.is,
): unknown {
  const last = useRef<{ readonly data: unknown; readonly select: unknown; readonly value: unknown }>(undefined);
  return useTold(session, "change", ({ data }) => {
    const before = last.current;
    if (before?.data === data && before.select === select) return before.value;
    const value = select(data);
    last.current = { data, select, value: before && isEqual(before.value, value) ? before.value : value };
    return last.current.value;
  }, undefined);
}

/** Who is in a session; renders when that changes. `{}` while there is no session. */
export function usePresence<TData extends object>(session: LiveSession<TData> | undefined): People {
  return useTold(session, "presence", live => live.people, nobody);
}

/** Where a session stands; renders when that changes. `disconnected` while there is none. */
export function useSyncStatus<TData extends object>(session: LiveSession<TData> | undefined): SyncStatus {
  return useTold(session, "syncStatus", live => live.syncStatus, "disconnected");
}

/** Reads something of a session, again whenever it tells something. */
function useTold<TData extends object, T>(
  session: LiveSession<TData> | undefined, name: keyof SessionEvents, read: (session: LiveSession<TData>) => T, absent: T,
): T {
  const subscribe = useCallback((changed: () => void) => session?.on(name, changed) ?? (() => undefined), [session, name]);
  const snapshot = () => (session ? read(session) : absent);
  return useSyncExternalStore(subscribe, snapshot, snapshot);
}
