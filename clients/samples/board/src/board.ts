import type { LiveSession } from "realtime-sessions";

/** The session's data: what everybody here shares. */
export interface Board {
  readonly notes?: Readonly<Record<string, Note>>;
  /** The worker counts. */
  readonly summary?: { readonly notes: number; readonly colors: Readonly<Record<string, number>> };
}

export interface Note {
  readonly text: string;
  readonly color: Color;
  readonly x: number;
  readonly y: number;
}

export type Color = (typeof colors)[number];
export const colors = ["yellow", "pink", "green", "blue", "purple"] as const;

/** In pixels; the style sheet says the same. */
export const boardSize = { width: 1800, height: 1200 };
const noteSize = { width: 200, height: 176 };

/** A note as it can be shown. Another program may write anything; and a note that was deleted while somebody else changed it comes back with that change only. */
export function readNote(note: Partial<Record<keyof Note, unknown>> | null | undefined): Note {
  return {
    text: typeof note?.text === "string" ? note.text : "",
    color: colors.find(color => color === note?.color) ?? "yellow",
    x: within(note?.x, boardSize.width - noteSize.width),
    y: within(note?.y, boardSize.height - noteSize.height),
  };
}

/** The note that was added here last: whoever adds one goes on to write. */
export let addedHere: string | undefined;

export function addNote(session: LiveSession<Board>, color: Color, { x, y } = freePlace(session.data.notes)): void {
  // Later ids sort later, so that a new note lies on top.
  const id = Date.now().toString(36) + Math.random().toString(36).slice(2, 8);
  addedHere = id;
  session.patch({ notes: { [id]: readNote({ text: "", color, x, y }) } });
}

export function changeNote(session: LiveSession<Board>, id: string, change: Partial<Note>): void {
  session.patch({ notes: { [id]: change } });
}

export function deleteNote(session: LiveSession<Board>, id: string): void {
  session.patch({ notes: { [id]: null } });
}

/** The first place, row by row, where no note is; not quite the same for two who cannot see each other's notes. */
function freePlace(notes: Board["notes"] = {}): { x: number; y: number } {
  const taken = Object.values(notes).map(readNote);
  for (let place = 0; ; place++) {
    const [x, y] = [40 + (place % 5) * 230, 40 + Math.floor(place / 5) * 206];
    if (taken.every(note => Math.abs(note.x - x) >= noteSize.width || Math.abs(note.y - y) >= noteSize.height)) return { x: x + jitter(), y: y + jitter() };
  }
}

function jitter(): number {
  return Math.random() * 24;
}

function within(value: unknown, maximum: number): number {
  return typeof value === "number" ? Math.round(Math.min(Math.max(value, 0), maximum)) : 0;
}
