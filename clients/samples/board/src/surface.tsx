import type { LiveSession } from "realtime-sessions";
import { useSessionData } from "realtime-sessions/react";
import { useCallback, useRef, useState, type PointerEvent } from "react";
import { addNote, boardSize, changeNote, readNote, type Board } from "./board";
import { CursorMark, useCursors, usePointer } from "./cursors";
import { NoteCard } from "./note-card";

/** A note in one's hand: where it is, and where the pointer has it. */
interface Drag {
  readonly id: string;
  readonly x: number;
  readonly y: number;
  readonly gripX: number;
  readonly gripY: number;
}

/** The notes and everybody's cursors. */
export function Surface({ session }: { session: LiveSession<Board> }) {
  const notes = useSessionData(session, data => data.notes) ?? {};
  const cursors = useCursors(session);
  const point = usePointer(session);
  const surface = useRef<HTMLDivElement>(null);
  const [drag, setDrag] = useState<Drag>();

  /** Where on the board an event happened. */
  const placeOf = useCallback(({ clientX, clientY }: { clientX: number; clientY: number }) => {
    const { left, top } = surface.current!.getBoundingClientRect();
    return { x: Math.round(clientX - left), y: Math.round(clientY - top) };
  }, []);

  const grab = useCallback((id: string, note: { x: number; y: number }, event: PointerEvent) => {
    const { x, y } = placeOf(event);
    event.currentTarget.setPointerCapture(event.pointerId);
    setDrag({ id, x: note.x, y: note.y, gripX: x - note.x, gripY: y - note.y });
  }, [placeOf]);

  function move(event: PointerEvent) {
    const place = placeOf(event);
    if (!drag) return point(place);
    const { x, y } = readNote({ x: place.x - drag.gripX, y: place.y - drag.gripY });
    setDrag({ ...drag, x, y });
    // On its way a note is a signal; only where it ends is in the data, so that undo takes back all of the way.
    point({ ...place, drag: { id: drag.id, x, y } });
  }

  function drop(event: PointerEvent) {
    if (!drag) return;
    const { id, x, y } = drag;
    if (notes[id]) changeNote(session, id, { x, y });
    setDrag(undefined);
    point(placeOf(event));
  }

  const held = new Map([...cursors.map(cursor => cursor.drag), drag].flatMap(one => (one ? [[one.id, one]] : [])));
  return (
    <main className="viewport">
      <div ref={surface} className="surface" style={boardSize} onPointerMove={move} onPointerUp={drop} onPointerCancel={() => setDrag(undefined)}
        onPointerLeave={() => point(null)} onDoubleClick={event => {
          const { x, y } = placeOf(event);
          if (event.target === surface.current) addNote(session, "yellow", { x: x - 100, y: y - 20 });
        }}>
        {Object.keys(notes).length === 0 && <p className="hint">Double-click anywhere to add a note.</p>}
        {Object.keys(notes).sort().map(id => {
          const place = held.get(id);
          return <NoteCard key={id} id={id} session={session} note={notes[id]!} isHeld={place !== undefined} isMine={drag?.id === id} x={place?.x} y={place?.y} onGrab={grab} />;
        })}
        {cursors.map(({ connectionId, userId, x, y }) => <CursorMark key={connectionId} userId={userId} x={x} y={y} />)}
      </div>
    </main>
  );
}
