import type { JsonObject, LiveSession, SessionSignal } from "realtime-sessions";
import { usePresence } from "realtime-sessions/react";
import { Age } from "../../design/age";
import { Avatar } from "../../design/avatar";
import { CursorMap } from "./cursor-map";
import { useSignals } from "./use-signals";

/** Who is in the session, with what each connection says of itself, and the cursors that they send. */
export function HereNow({ session }: { readonly session: LiveSession }) {
  const people = usePresence(session);
  const signals = useSignals(session);
  return (
    <section className="stack" aria-label="Here now">
      <h3>Here now</h3>
      <ul className="people">
        {Object.entries(people).map(([userId, connections]) => (
          <li key={userId}>
            <Avatar id={userId} />
            <div>
              <strong>{userId}</strong>{userId === session.userId && <span className="hint"> (you)</span>}
              {Object.entries(connections).map(([connectionId, state]) => (
                <ConnectionLine key={connectionId} isOwn={connectionId === session.connectionId} state={state} signal={signals.get(connectionId)} />
              ))}
            </div>
          </li>
        ))}
      </ul>
      <CursorMap signals={[...signals.values()].map(({ signal }) => signal)} />
    </section>
  );
}

interface ConnectionLineProps {
  readonly isOwn: boolean;
  readonly state: JsonObject;
  readonly signal: { readonly signal: SessionSignal; readonly at: number } | undefined;
}

/** A connection: where it is, and the last that it has signalled. */
function ConnectionLine({ isOwn, state, signal }: ConnectionLineProps) {
  const { at, ...others } = state;
  return (
    <p className="hint">
      {isOwn ? "this page" : "a connection"}{typeof at === "string" && <>, at <code>{at}</code></>}
      {Object.keys(others).length > 0 && <> <code>{JSON.stringify(others)}</code></>}
      {signal && <> · <code>{signal.signal.name} {JSON.stringify(signal.signal.data)}</code> <Age of={signal.at} /></>}
    </p>
  );
}
