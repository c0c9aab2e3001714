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
  /** What tells the line from the others. */
  readonly keyOf: (index: number) => number;
  /** Which line shows a sequence; -1: none. */
  readonly indexOf: (sequence: number) => number;
  /** What looks for events, where there is a filter. */
  readonly search: EventSearch | undefined;
  /** Why events are missing. */
  readonly problem: string | undefined;
  /** Reads what is missing. */
  readonly tryAgain: () => void;
}

/** The events of a session, as they come and as far back as one looks. */
export function useTimeline(session: LiveSession, filter: EventFilter): Timeline {
  const { client } = useHub();
  // The log may lose its history, or go on unheard: then everything is read again.
  const [history, startAgain] = useReducer((round: number) => round + 1, 0);
  const { pages, epoch } = useMemo(() => {
    const { applicationId, sessionId, position } = session;
    const pages = new EventPages((after, limit) => client.listSessionEvents({ applicationId, sessionId, after, limit }), position.sequence);
    return { pages, epoch: position.epoch };
  }, [client, session, history]);
  const [, draw] = useReducer((round: number) => round + 1, 0);
  const search = useRef<EventSearch>(undefined);

  useEffect(() => {
    const ends = [
      session.on("event", event => {
        pages.hear(event);
        search.current?.hear(event);
      }),
      session.on("reset", startAgain),
      session.on("syncStatus", status => status === "synchronized" && pages.tryAgain()),
    ];
    // While nobody looked, it was not heard.
    if (session.position.epoch === epoch) pages.extendTo(session.position.sequence);
    else startAgain();
    if (session.syncStatus === "synchronized") pages.tryAgain();
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
  const { first, head, problem } = pages;
  const common = { problem, tryAgain: () => pages.tryAgain() };
  if (isEverything(filter)) {
    return {
      ...common, count: Math.max(0, head - first + 1), at: index => pages.at(first + index), keyOf: index => first + index,
      indexOf: sequence => (sequence < first || sequence > head ? -1 : sequence - first), search: undefined,
    };
  }
  const found = search.current?.found ?? [];
  return { ...common, count: found.length, at: index => found[index], keyOf: index => found[index]!.sequence, indexOf: sequence => found.findIndex(event => event.sequence === sequence), search: search.current };
}
