import type { SessionEvent } from "realtime-sessions";
import { Age } from "../../design/age";
import { Avatar } from "../../design/avatar";
import { kinds, summaryOf } from "./event-text";

interface EventRowProps {
  /** `undefined` while it is on its way. */
  readonly event: SessionEvent | undefined;
  /** What its id begins with. */
  readonly id: string;
  readonly place: number;
  readonly count: number;
  readonly isSelected: boolean;
  readonly onSelect: (event: SessionEvent) => void;
}

/** A line of the timeline: sequence, kind, what happened, who did it, how long ago. */
export function EventRow({ event, id, place, count, isSelected, onSelect }: EventRowProps) {
  if (!event) return <div className="event-row" role="option" aria-posinset={place} aria-setsize={count} aria-selected={false}><span className="hint">…</span></div>;
  return (
    <div id={`${id}${event.sequence}`} className="event-row" role="option" aria-posinset={place} aria-setsize={count} aria-selected={isSelected} onClick={() => onSelect(event)}>
      <span className="sequence">{event.sequence}</span>
      <span className="kind" data-kind={kinds[event.eventType]}>{kinds[event.eventType]}</span>
      <span className="summary">{summaryOf(event)}</span>
      {event.userId === "" ? <span className="badge">system</span> : <Avatar id={event.userId} />}
      <Age of={event.createdAt} isShort />
    </div>
  );
}
