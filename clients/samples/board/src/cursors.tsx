import type { Json, LiveSession } from "realtime-sessions";
import { usePresence } from "realtime-sessions/react";
import { useEffect, useMemo, useState } from "react";
import type { Board } from "./board";
import { colorOf } from "./people";

/** Where a person points, and the note that he drags there. */
export interface Cursor {
  readonly x: number;
  readonly y: number;
  readonly drag?: { readonly id: string; readonly x: number; readonly y: number };
}

/** How long a place may be old before it is told. */
const pause = 50;

/** Tells the others where one points, now and then; `null`: nowhere. These are signals: they are not stored, and nobody misses them. */
export function usePointer(session: LiveSession<Board>): (cursor: Cursor | null) => void {
  return useMemo(() => {
    let last: Cursor | null;
    let timer: ReturnType<typeof setTimeout> | undefined;
    return cursor => {
      last = cursor;
      timer ??= setTimeout(() => {
        timer = undefined;
        session.sendSignal("cursor", last as Json);
      }, pause);
    };
  }, [session]);
}

/** The cursors of the others who are here, by connection. */
export function useCursors(session: LiveSession<Board>): readonly (Cursor & { readonly connectionId: string; readonly userId: string })[] {
  const people = usePresence(session);
  const [told, setTold] = useState<ReadonlyMap<string, { readonly userId: string; readonly cursor: Cursor | undefined }>>(new Map());
  useEffect(() => session.on("signal", ({ name, userId, connectionId, data }) => {
    if (name === "cursor") setTold(before => new Map(before).set(connectionId, { userId, cursor: readCursor(data) }));
  }), [session]);
  return [...told].flatMap(([connectionId, { userId, cursor }]) => (cursor && people[userId]?.[connectionId] ? [{ connectionId, userId, ...cursor }] : []));
}

export function CursorMark({ x, y, userId }: { x: number; y: number; userId: string }) {
  return (
    <div className="cursor" aria-hidden="true" style={{ translate: `${x}px ${y}px`, color: colorOf(userId) }}>
      <svg width="18" height="20" viewBox="0 0 18 20"><path d="M1 1l6 17 3-7 7-3z" fill="currentColor" stroke="white" strokeWidth="1.5" /></svg>
      <span>{userId}</span>
    </div>
  );
}

/** What came may be anything. */
function readCursor(data: Json | undefined): Cursor | undefined {
  const cursor = data as Partial<Cursor> | null | undefined;
  if (!isPlace(cursor)) return undefined;
  return isPlace(cursor.drag) ? { x: cursor.x, y: cursor.y, drag: cursor.drag } : { x: cursor.x, y: cursor.y };
}

function isPlace<T extends { readonly x?: number; readonly y?: number }>(value: T | null | undefined): value is T & { x: number; y: number } {
  return typeof value?.x === "number" && typeof value.y === "number";
}
