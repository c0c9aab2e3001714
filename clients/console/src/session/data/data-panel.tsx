import { useCallback, useEffect, useMemo, useState } from "react";
import type { JsonObject, LiveSession } from "realtime-sessions";
import { Notice } from "../../design/notice";
import { usePaced } from "../../lib/use-paced";
import { PastSlider } from "../past/past-slider";
import { usePast } from "../past/use-past";
import { Activity } from "./activity";
import { DataTree } from "./data-tree";
import { countDifferences, differenceOf } from "./difference";
import { RawPatch } from "./raw-patch";
import { useOthers, useVisit } from "./use-visit";

interface DataPanelProps {
  readonly session: LiveSession;
  /** Whether the session can still be changed. */
  readonly isOpen: boolean;
  /** The sequence that is looked at; `undefined`: the present. */
  readonly at: number | undefined;
  readonly onLookAt: (sequence: number | undefined) => void;
  /** Somebody has changed something here. */
  readonly onMade: (made: Promise<unknown>) => void;
}

/** The session's data: as they are, or as they were and what has changed since. */
export function DataPanel({ session, isOpen, at, onLookAt, onMade }: DataPanelProps) {
  const now = usePaced(useCallback(changed => session.on("change", changed), [session]), () => session.data as JsonObject);
  const activity = useActivity(session);
  const others = useOthers(session);
  const visit = useVisit(session);
  const past = usePast(session, at);
  const [isRaw, setIsRaw] = useState(false);
  const isPast = at !== undefined;
  const difference = useMemo(() => (past.data ? differenceOf(past.data, now) : undefined), [past.data, now]);
  const compared = useMemo(() => (past.data ? { now, difference } : undefined), [past.data, now, difference]);

  // The page around says what fails.
  function patch(change: JsonObject) {
    const made = session.patch(change);
    onMade(made);
    return made;
  }

  function undo() {
    const undone = session.undo();
    if (undone) onMade(undone);
  }

  return (
    <section className="data-panel" aria-label="Data" aria-busy={isPast && past.sequence !== at && past.problem === undefined}>
      <div className="panel-head">
        <h2>{isPast ? `Data at ${at.toLocaleString("en")}` : "Data"}</h2>
        {isPast && past.data && <span className="badge warn">{describe(countDifferences(difference))}</span>}
        {!isPast && isOpen && (
          <span className="row">
            <button className="quiet" disabled={!session.canUndo} onClick={undo}>Undo</button>
            <button className="quiet" aria-pressed={isRaw} onClick={() => setIsRaw(!isRaw)}>Raw patch</button>
          </span>
        )}
      </div>
      {isPast && past.problem && <Notice>{past.problem}</Notice>}
      <RawPatch isHidden={!isRaw || isPast || !isOpen} onPatch={patch} />
      <DataTree data={isPast ? past.data ?? now : now} latest={() => session.data as JsonObject} {...(compared && { compared })} isReadOnly={isPast || !isOpen} activity={activity} others={others} onPatch={patch} onVisit={visit} />
      <PastSlider session={session} at={at} onLookAt={onLookAt} />
    </section>
  );
}

function describe(count: number): string {
  return count === 0 ? "the same as now" : `${count.toLocaleString("en")} ${count === 1 ? "difference" : "differences"} to now`;
}

function useActivity(session: LiveSession): Activity {
  const activity = useMemo(() => new Activity(), [session]);
  useEffect(() => session.on("event", event => activity.hear(event, performance.now())), [session, activity]);
  return activity;
}
