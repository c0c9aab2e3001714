import type { SessionEvent } from "realtime-sessions";

/** Which events to show. */
export interface EventFilter {
  /** Default: every kind. */
  readonly kind?: SessionEvent["eventType"];
  /** Text that stands somewhere in the event: its author, its name, its data. Upper and lower case are the same. Default: any. */
  readonly text: string;
}

export const everything: EventFilter = { text: "" };

export function isEverything(filter: EventFilter): boolean {
  return filter.kind === undefined && filter.text === "";
}

/** Whether an event is one of those. */
export function matches(event: SessionEvent, { kind, text }: EventFilter): boolean {
  if (kind !== undefined && event.eventType !== kind) return false;
  if (text === "") return true;
  const { userId, source, sequence } = event;
  return `${sequence} ${userId} ${source} ${contentOf(event)}`.toLowerCase().includes(text.toLowerCase());
}

function contentOf(event: SessionEvent): string {
  switch (event.eventType) {
    case "session_data_updated": return JSON.stringify(event.data);
    case "session_event_created": return `${event.name} ${JSON.stringify(event.data) ?? ""}`;
    case "session_participant_added": case "session_participant_removed": return JSON.stringify(event.participant);
    default: return JSON.stringify(event.session);
  }
}
