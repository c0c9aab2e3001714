import type { SessionEvent } from "realtime-sessions";
import type { ReadEvents } from "../../../src/session/timeline/event-pages";

/** A log to be read, that notes what was asked of it. */
export class TestLog {
  readonly asked: number[] = [];
  readonly events: SessionEvent[] = [];
  firstAvailable = 1;

  constructor(length: number) {
    for (let sequence = 1; sequence <= length; sequence++) this.append();
  }

  append(content: object = { eventType: "session_data_updated", data: { n: this.events.length + 1 } }): SessionEvent {
    const event = { sequence: this.events.length + 1, userId: this.events.length % 2 ? "bob" : "alice", source: "hub", ...content } as unknown as SessionEvent;
    this.events.push(event);
    return event;
  }

  readonly read: ReadEvents = (after, limit) => {
    this.asked.push(after);
    const events = this.events.filter(event => event.sequence > after && event.sequence >= this.firstAvailable).slice(0, limit);
    return Promise.resolve({ events, firstAvailable: this.firstAvailable });
  };
}
