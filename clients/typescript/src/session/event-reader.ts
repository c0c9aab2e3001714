import { deferred, waitFor } from "../lib/waiting.js";
import type { RealtimeError } from "../protocol/errors.js";
import type { Position } from "../protocol/objects.js";
import type { SessionEvent } from "../protocol/session-event.js";
import type { SessionSync } from "./session-sync.js";

const buffered = 1_000;
const pageSize = 1_000;
const pause = 500;

/** From where to read, and until when. */
export interface ReadEventsOptions {
  /** The sequence to begin after; 0 is the beginning. Default: what comes from now on. */
  readonly after?: number;
  /** Ends the reading, by throwing its reason. */
  readonly signal?: AbortSignal;
}

/**
 * Reads a session's events one by one. What is applied waits in a buffer; what came before, or does not fit into the buffer while the reader is slow, is read from the log.
 */
export async function* readEvents(sync: SessionSync, { after, signal }: ReadEventsOptions): AsyncGenerator<SessionEvent, void, void> {
  const buffer: SessionEvent[] = [];
  let at: Position = { ...head(sync), ...(after !== undefined && { sequence: after }) };
  let news = deferred<void>();
  let ended = false;
  const unsubscribe = [
    sync.events.on("event", event => {
      if (buffer.length < buffered) buffer.push(event);
      news.resolve();
    }),
    sync.events.on("reset", position => {
      // In the same history the log has what lies between.
      if (position.epoch !== at.epoch) [at, buffer.length] = [position, 0];
      news.resolve();
    }),
    sync.events.on("left", () => {
      ended = true;
      news.resolve();
    }),
  ];
  try {
    while (true) {
      news = deferred();
      signal?.throwIfAborted();
      for (let next = take(buffer, at); next; next = take(buffer, at)) {
        at = { ...at, sequence: next.sequence };
        yield next;
      }
      if (ended) return;
      if (head(sync).epoch === at.epoch && head(sync).sequence > at.sequence) {
        for (const event of await page(sync, at, signal)) {
          at = { ...at, sequence: event.sequence };
          yield event;
        }
      } else if (buffer.length === 0) await waitFor(news.promise, signal);
    }
  } finally {
    for (const end of unsubscribe) end();
  }
}

function head(sync: SessionSync): Position {
  return sync.replica.confirmed!.position;
}

/** The next event, if the buffer has it; what was given is passed over. */
function take(buffer: SessionEvent[], at: Position): SessionEvent | undefined {
  while (buffer.length > 0 && buffer[0]!.sequence <= at.sequence) buffer.shift();
  const next = buffer[0];
  const first = next?.eventType === "session_data_updated" ? next.fromSequence ?? next.sequence : next?.sequence;
  return first !== undefined && first <= at.sequence + 1 ? buffer.shift() : undefined;
}

async function page(sync: SessionSync, at: Position, signal: AbortSignal | undefined): Promise<readonly SessionEvent[]> {
  while (true) {
    try {
      const { events, position } = await waitFor(sync.listEvents(at.sequence, pageSize), signal);
      return position.epoch === at.epoch ? events : [];
    } catch (error) {
      signal?.throwIfAborted();
      if (!(error as RealtimeError).retryable || !sync.isHeld) throw error;
      await new Promise(resolve => setTimeout(resolve, pause));
    }
  }
}
