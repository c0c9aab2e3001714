import { useCallback, useEffect, useMemo, useRef } from "react";
import type { LiveSession } from "realtime-sessions";
import { usePresence } from "realtime-sessions/react";

/** How long one stays at a row before the others are told, in milliseconds: whoever passes by does not count. */
const settleTime = 150;

/** What a connection of the console says of itself in presence. */
interface ConsoleState {
  /** The pointer of the row that it is at; absent if at none. */
  readonly at?: string;
}

/** Tells the others which row one is at. */
export function useVisit(session: LiveSession): (pointer: string | undefined) => void {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const told = useRef<string>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  return useCallback(pointer => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      if (told.current === pointer) return;
      told.current = pointer;
      // A state has little room, and a row may stand deep: then one is somewhere.
      session.updatePresence({ at: pointer === undefined || pointer.length > 500 ? null : pointer }).catch(() => undefined);
    }, settleTime);
  }, [session]);
}

/** Where the others are: users by the pointer of the row. */
export function useOthers(session: LiveSession): ReadonlyMap<string, readonly string[]> {
  const people = usePresence(session);
  return useMemo(() => {
    const others = new Map<string, string[]>();
    for (const [userId, connections] of Object.entries(people)) {
      for (const [connectionId, state] of Object.entries(connections)) {
        const { at } = state as ConsoleState;
        if (connectionId !== session.connectionId && typeof at === "string") others.set(at, [...(others.get(at) ?? []), userId]);
      }
    }
    return others;
  }, [people, session]);
}
