import type { LiveSession, People as PeopleHere } from "realtime-sessions";
import type { Board } from "./board";

/** Everybody who is here, each user once. */
export function People({ session, people }: { session: LiveSession<Board>; people: PeopleHere }) {
  return (
    <ul className="people" aria-label="Who is here">
      {Object.entries(people).sort(([left], [right]) => (left < right ? -1 : 1)).map(([user, connections]) => {
        const isWorker = Object.values(connections).some(state => state.kind === "worker");
        const name = user === session.userId ? `${user} (you)` : user;
        return (
          <li key={user} style={{ background: colorOf(user) }} title={name} aria-label={name}>
            <span aria-hidden="true">{isWorker ? "⚙" : [...user][0]?.toUpperCase()}</span>
          </li>
        );
      })}
    </ul>
  );
}

/** The same colour for a user everywhere. */
export function colorOf(user: string): string {
  let hue = 0;
  for (const character of user) hue = (hue * 31 + character.codePointAt(0)! * 137) % 360;
  return `hsl(${hue} 60% 40%)`;
}
