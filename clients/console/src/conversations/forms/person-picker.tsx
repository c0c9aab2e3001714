import { useState } from "react";
import { useAsked } from "../../lib/use-asked";
import { useDirectory } from "../data/directory";
import type { Person } from "../data/resources";

interface PersonPickerProps {
  /** What the field is called. */
  readonly label: string;
  /** Only people of this space. Absent: of all that one shares. */
  readonly spaceId?: number | undefined;
  /** Those who are chosen already. */
  readonly chosen: readonly number[];
  readonly onPick: (person: Person) => void;
}

/** Finds people by a part of their name or address. */
export function PersonPicker({ label, spaceId, chosen, onPick }: PersonPickerProps) {
  const directory = useDirectory();
  const [like, setLike] = useState("");
  const { answer, earlier, problem } = useAsked(async signal => {
    const { items } = await directory.api.findPeople({ ...(spaceId !== undefined && { spaceId }), ...(like && { like }) }, 20, signal);
    directory.meet(items);
    return { items, spaceId };
  }, [directory, spaceId, like]);
  // Those found before stay while one types on: each button says whom it adds, so that it adds no other.
  const shown = answer ?? (earlier?.spaceId === spaceId ? earlier : undefined);
  const found = (shown?.items ?? []).filter(person => !chosen.includes(person.userId)).slice(0, 6);

  function pick(person: Person) {
    onPick(person);
    setLike("");
  }

  return (
    <div className="picker" role="group" aria-label={label}>
      <input
        type="search" aria-label={label} placeholder={label} value={like} maxLength={200} autoComplete="off"
        onChange={event => setLike(event.target.value)}
        onKeyDown={event => {
          if (event.key !== "Enter") return;
          // It is a part of a form that it must not send.
          event.preventDefault();
          if (like && answer && found[0]) pick(found[0]);
        }}
      />
      <div className="row">
        {found.map(person => <button key={person.userId} type="button" className="quiet" title={person.email} onClick={() => pick(person)}>+ {person.name}</button>)}
      </div>
      <p className="hint" role="status">{problem ?? (answer && like && found.length === 0 ? "Nobody is found." : "")}</p>
    </div>
  );
}
