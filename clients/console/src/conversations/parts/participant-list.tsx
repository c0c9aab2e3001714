import type { Conversation } from "realtime-sessions";
import { useEffect, useMemo, useState } from "react";
import { useDirectory, usePersonName } from "../data/directory";
import { participantsOf, roleNames, type Participant, type Place } from "../data/roles";
import { PersonAvatar } from "./person";

/** As many are shown at first. */
const shown = 30;

const reasons = { creator: "made it", owner: "owns the space", listed: undefined, group: "by a group", everyone: "by the space" } as const;

/** Who takes part in a conversation, and in which role. */
export function ParticipantList({ conversation, place }: { readonly conversation: Conversation; readonly place: Place | undefined }) {
  const { people } = useDirectory();
  const participants = useMemo(() => participantsOf(conversation, place), [conversation, place]);
  const [count, setCount] = useState(shown);
  useEffect(() => {
    // So that they can be mentioned by name.
    for (const { userId } of participants.slice(0, shown)) people.want(userId);
  }, [people, participants]);
  return (
    <>
      <ul className="people">{participants.slice(0, count).map(participant => <Row key={participant.userId} participant={participant} />)}</ul>
      {participants.length > count && <button onClick={() => setCount(before => before + 100)}>Show more ({participants.length - count})</button>}
    </>
  );
}

function Row({ participant: { userId, role, reason } }: { readonly participant: Participant }) {
  return (
    <li className="row">
      <PersonAvatar userId={userId} />
      <span className="name">{usePersonName(userId)} {reasons[reason] && <span className="hint">{reasons[reason]}</span>}</span>
      <span className="badge">{roleNames[role]}</span>
    </li>
  );
}
