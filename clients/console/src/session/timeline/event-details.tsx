import type { SessionEvent } from "realtime-sessions";
import { moment } from "../../lib/time";
import { kinds } from "./event-text";

interface EventDetailsProps {
  readonly event: SessionEvent;
  readonly onLookAt: (sequence: number) => void;
  readonly onClose: () => void;
}

/** All of an event. */
export function EventDetails({ event, onLookAt, onClose }: EventDetailsProps) {
  return (
    <section className="event-details" aria-label={`Event ${event.sequence}`}>
      <div className="row">
        <strong>{event.sequence}: {kinds[event.eventType]}</strong>
        <span className="hint">{event.userId || "the server"}, by {event.source}, {moment(event.createdAt)}</span>
        <button className="quiet" onClick={() => onLookAt(event.sequence)}>Data at this event</button>
        <button className="quiet" aria-label="Close the event" onClick={onClose}>×</button>
      </div>
      <pre tabIndex={0}>{JSON.stringify(event, null, 2)}</pre>
    </section>
  );
}
