import { useEffect, useState } from "react";
import type { JsonObject, LiveSession } from "realtime-sessions";
import { useHub } from "../../app/hub";

/** How long the slider rests before the server is asked, in milliseconds. */
const restTime = 60;

/** The data at a sequence. While another one is on its way, the last one stays. */
export interface Past {
  /** Absent in the present, and until the first has come. */
  readonly data: JsonObject | undefined;
  /** Of which sequence the data are. */
  readonly sequence: number | undefined;
  readonly problem: string | undefined;
}

const present: Past = { data: undefined, sequence: undefined, problem: undefined };

/**
 * The data as they were.
 * @param at The sequence; `undefined`: the present is looked at.
 */
export function usePast({ applicationId, sessionId }: LiveSession, at: number | undefined): Past {
  const { client } = useHub();
  const [past, setPast] = useState(present);

  useEffect(() => {
    if (at === undefined) return setPast(present);
    const abort = new AbortController();
    const timer = setTimeout(() => {
      client.getSessionData({ applicationId, sessionId, atSequence: at }, { signal: abort.signal }).then(
        ({ data }) => abort.signal.aborted || setPast({ data, sequence: at, problem: undefined }),
        (error: Error) => abort.signal.aborted || setPast(before => ({ ...before, problem: error.message })),
      );
    }, restTime);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [client, applicationId, sessionId, at]);

  return past;
}
