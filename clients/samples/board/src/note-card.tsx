import type { LiveSession } from "realtime-sessions";
import { memo, useCallback, useEffect, useState, type KeyboardEvent, type PointerEvent } from "react";
import { addedHere, changeNote, colors, deleteNote, readNote, type Board, type Note } from "./board";

interface NoteCardProps {
  readonly id: string;
  readonly session: LiveSession<Board>;
  readonly note: Note;
  /** Where somebody has dragged it, while he does. */
  readonly x: number | undefined;
  readonly y: number | undefined;
  readonly isHeld: boolean;
  /** Whether it is dragged here. */
  readonly isMine: boolean;
  readonly onGrab: (id: string, note: Note, event: PointerEvent) => void;
}

const steps: Record<string, readonly [number, number]> = { ArrowLeft: [-20, 0], ArrowRight: [20, 0], ArrowUp: [0, -20], ArrowDown: [0, 20] };

export const NoteCard = memo(function NoteCard({ id, session, note: given, x, y, isHeld, isMine, onGrab }: NoteCardProps) {
  const note = readNote(given);
  const [text, setText, keepText] = useDraft(note.text, useCallback(draft => changeNote(session, id, { text: draft }), [session, id]));

  function step(event: KeyboardEvent) {
    const by = steps[event.key];
    if (!by) return;
    event.preventDefault();
    const { x, y } = readNote({ x: note.x + by[0], y: note.y + by[1] });
    changeNote(session, id, { x, y });
  }

  return (
    <article className={`note ${note.color}${isHeld ? " held" : ""}${isMine ? " mine" : ""}`} style={{ translate: `${x ?? note.x}px ${y ?? note.y}px` }} aria-label="Note">
      <div className="bar">
        <button className="handle" aria-label="Move (arrow keys)" title="Drag, or use the arrow keys" onPointerDown={event => onGrab(id, note, event)} onKeyDown={step} />
        <button className="delete" aria-label="Delete" title="Delete" onClick={() => deleteNote(session, id)}>×</button>
      </div>
      <textarea aria-label="Text" placeholder="Write …" maxLength={2_000} autoFocus={id === addedHere} value={text} onChange={event => setText(event.target.value)} onBlur={keepText} />
      <div className="colors" role="group" aria-label="Colour">
        {colors.map(color => (
          <button key={color} className={`dot ${color}`} aria-label={color} title={color} aria-pressed={color === note.color} onClick={() => changeNote(session, id, { color })} />
        ))}
      </div>
    </article>
  );
});

/** A text that is written here: it is kept whenever the writer pauses, so that undo takes back more than a letter. */
function useDraft(kept: string, keep: (text: string) => void): [text: string, setText: (text: string) => void, keepNow: () => void] {
  const [draft, setDraft] = useState<string>();
  const keepNow = useCallback(() => {
    if (draft !== undefined) keep(draft);
    setDraft(undefined);
  }, [draft, keep]);
  useEffect(() => {
    if (draft === undefined) return;
    const timer = setTimeout(keepNow, 400);
    return () => clearTimeout(timer);
  }, [draft, keepNow]);
  return [draft ?? kept, setDraft, keepNow];
}
