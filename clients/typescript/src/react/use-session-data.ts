import { useRef } from "react";
import type { People } from "../protocol/objects.js";
import type { LiveSession } from "../session/live-session.js";
import { useTold } from "./use-told.js";

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
