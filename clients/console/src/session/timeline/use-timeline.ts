import { useCallback, useEffect, useMemo, useReducer, useRef } from "react";
import type { LiveSession, SessionEvent } from "realtime-sessions";
import { useHub } from "../../app/hub";
import { usePaced } from "../../lib/use-paced";
import { isEverything, type EventFilter } from "./event-filter";
import { EventPages } from "./event-pages";
import { EventSearch } from "./event-search";

/** The events that are shown, as a list: those of all sequences that are kept, or those that were found. */
export interface Timeline {
  readonly count: number;
  /** The event of a line; `undefined` where it is on its way. */
  readonly at: (index: number) => SessionEvent | undefined;
  /** Which line shows a sequence; -1: none. */
  readonly indexOf: (sequence: number) => number;
  /** What looks for events, where there is a filter. */
  readonly search: EventSearch | undefined;
}

/** The events of a session, as they come and as far back as one looks. */
export function useTimeline(session: LiveSession, filter: EventFilter): Timeline {
  const { client } = useHub();
  const pages = useMemo(() => {
    const { applicationId, sessionId } = session;
    return new EventPages((after, limit) => client.listSessionEvents({ applicationId, sessionId, after, limit }), session.position.sequence);
  }, [client, session]);
  const [, draw] = useReducer((round: number) => round + 1, 0);
  const search = useRef<EventSearch>(undefined);

  useEffect(() => {
    const ends = [
      session.on("event", event => {
        pages.hear(event);
        search.current?.hear(event);
      }),
      session.on("reset", ({ sequence }) => pages.reset(sequence)),
    ];
    return () => ends.forEach(end => end());
  }, [session, pages]);

  useEffect(() => {
    if (isEverything(filter)) return;
    const begun = (search.current = new EventSearch(pages, filter, draw));
    draw();
    return () => {
      begun.end();
      search.current = undefined;
    };
  }, [pages, filter]);

  usePaced(useCallback(changed => pages.on(changed), [pages]), () => pages.version);
  if (isEverything(filter)) {
    const { first, head } = pages;
    return { count: Math.max(0, head - first + 1), at: index => pages.at(first + index), indexOf: sequence => (sequence < first || sequence > head ? -1 : sequence - first), search: undefined };
  }
  const found = search.current?.found ?? [];
  return { count: found.length, at: index => found[index], indexOf: sequence => found.findIndex(event => event.sequence === sequence), search: search.current };
}
