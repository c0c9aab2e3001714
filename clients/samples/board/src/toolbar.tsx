import type { LiveSession } from "realtime-sessions";
import { usePresence, useSessionData } from "realtime-sessions/react";
import { addNote, colors, type Board } from "./board";
import { People } from "./people";
import { StatusLight } from "./status-light";

export function Toolbar({ session }: { session: LiveSession<Board> }) {
  const canUndo = useSessionData(session, () => session.canUndo);
  const people = usePresence(session);
  const hasWorker = Object.values(people).some(connections => Object.values(connections).some(state => state.kind === "worker"));
  return (
    <header className="toolbar">
      <h1>Board</h1>
      <div className="swatches" role="group" aria-label="Add a note">
        {colors.map(color => (
          <button key={color} className={`swatch ${color}`} aria-label={`Add a ${color} note`} title={`Add a ${color} note`} onClick={() => addNote(session, color)}>+</button>
        ))}
      </div>
      <button disabled={!canUndo} onClick={() => session.undo()}>Undo</button>
      <button disabled={!hasWorker} title={hasWorker ? "" : "The worker does this, and it is not here"} onClick={() => session.sendEvent("tidy")}>Tidy</button>
      <Summary session={session} />
      <People session={session} people={people} />
      <StatusLight session={session} />
    </header>
  );
}

/** What the worker has counted. */
function Summary({ session }: { session: LiveSession<Board> }) {
  const summary = useSessionData(session, data => data.summary);
  if (!summary) return null;
  return (
    <p className="summary" aria-label="Counted by the worker">
      {summary.notes} {summary.notes === 1 ? "note" : "notes"}
      {colors.filter(color => summary.colors?.[color]).map(color => <span key={color} className={`count ${color}`} title={color}>{summary.colors[color]}</span>)}
    </p>
  );
}
