import { useCallback } from "react";
import type { LiveSession } from "realtime-sessions";
import { useHub } from "../../app/hub";
import { useAsked } from "../../lib/use-asked";
import { usePaced } from "../../lib/use-paced";

interface PastSliderProps {
  readonly session: LiveSession;
  /** The sequence that is looked at; `undefined`: the present. */
  readonly at: number | undefined;
  readonly onLookAt: (sequence: number | undefined) => void;
}

/** Goes through the session's past: every sequence that is kept can be looked at. Its right end is the present. */
export function PastSlider({ session, at, onLookAt }: PastSliderProps) {
  const { client } = useHub();
  const { applicationId, sessionId } = session;
  const head = usePaced(useCallback(changed => {
    const ends = [session.on("event", changed), session.on("reset", changed)];
    return () => ends.forEach(end => end());
  }, [session]), () => session.position.sequence);
  // The data can be had from the sequence before the first event that is kept.
  const { answer } = useAsked(signal => client.listSessionEvents({ applicationId, sessionId, limit: 1 }, { signal }), [client, applicationId, sessionId]);
  const first = Math.max(1, (answer?.firstAvailable ?? 1) - 1);
  const value = at ?? head;
  const lookAt = (sequence: number) => onLookAt(sequence >= head ? undefined : Math.max(first, sequence));

  return (
    <div className="past" role="group" aria-label="The past">
      <button className="quiet" aria-label="One event back" disabled={value <= first} onClick={() => lookAt(value - 1)}>◀</button>
      <input type="range" aria-label="Sequence to look at" min={first} max={head} value={value} aria-valuetext={at === undefined ? `now, at ${head}` : `${at} of ${head}`}
        onChange={event => lookAt(event.target.valueAsNumber)} />
      <button className="quiet" aria-label="One event on" disabled={at === undefined} onClick={() => lookAt(value + 1)}>▶</button>
      <output className="mono">{value.toLocaleString("en")} / {head.toLocaleString("en")}</output>
      <button aria-pressed={at === undefined} onClick={() => onLookAt(undefined)}>Now</button>
    </div>
  );
}
