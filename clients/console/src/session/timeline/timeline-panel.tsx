import { useDeferredValue, useEffect, useId, useMemo, useRef, useState, type KeyboardEvent } from "react";
import type { LiveSession, SessionEvent } from "realtime-sessions";
import { Notice } from "../../design/notice";
import { VirtualRows, type VirtualRowsHandle } from "../../design/virtual-rows";
import { EventDetails } from "./event-details";
import type { EventFilter } from "./event-filter";
import { EventRow } from "./event-row";
import type { EventSearch } from "./event-search";
import { kinds } from "./event-text";
import { SendEvent } from "./send-event";
import { useTimeline } from "./use-timeline";

interface TimelinePanelProps {
  readonly session: LiveSession;
  readonly isOpen: boolean;
  readonly onLookAt: (sequence: number) => void;
  /** Somebody has changed something here. */
  readonly onMade: (made: Promise<unknown>) => void;
}

const rowHeight = 32;

/** Everything that has happened in the session, the latest at the bottom. While one is there, it stays there. */
export function TimelinePanel({ session, isOpen, onLookAt, onMade }: TimelinePanelProps) {
  const [kind, setKind] = useState<SessionEvent["eventType"] | "">("");
  const [text, setText] = useState("");
  const wanted = useDeferredValue(text);
  const filter = useMemo<EventFilter>(() => ({ text: wanted.trim(), ...(kind !== "" && { kind }) }), [kind, wanted]);
  const timeline = useTimeline(session, filter);
  const [selected, setSelected] = useState<SessionEvent>();
  const handle = useRef<VirtualRowsHandle>(null);
  const isAtEnd = useRef(true);
  const prefix = useId();
  const index = selected ? timeline.indexOf(selected.sequence) : -1;

  useEffect(() => {
    if (isAtEnd.current && timeline.count > 0) handle.current?.virtualizer.scrollToIndex(timeline.count - 1, { align: "end" });
  }, [timeline.count, filter]);

  function onScroll() {
    // The last scroll may be told when the list is hidden already.
    if (!handle.current) return;
    const { scrollHeight, scrollTop, clientHeight } = handle.current.element;
    isAtEnd.current = scrollHeight - scrollTop - clientHeight < rowHeight;
  }

  function onKeyDown(event: KeyboardEvent) {
    const to = { ArrowDown: index + 1, ArrowUp: (index < 0 ? timeline.count : index) - 1, PageDown: index + 12, PageUp: index - 12, Home: 0, End: timeline.count - 1 }[event.key];
    if (event.key === "Escape") setSelected(undefined);
    if (to === undefined || timeline.count === 0) return;
    event.preventDefault();
    const next = Math.max(0, Math.min(timeline.count - 1, to));
    handle.current!.virtualizer.scrollToIndex(next);
    setSelected(timeline.at(next) ?? selected);
  }

  return (
    <div className="timeline">
      <div className="row filters">
        <input type="search" aria-label="Search the events" placeholder="Search: author, name, data" value={text} onChange={event => setText(event.target.value)} />
        <select aria-label="Kind of events" value={kind} onChange={event => setKind(event.target.value as SessionEvent["eventType"] | "")}>
          <option value="">all kinds</option>
          {Object.entries(kinds).map(([eventType, name]) => <option key={eventType} value={eventType}>{name}</option>)}
        </select>
      </div>
      {timeline.search && <SearchState search={timeline.search} count={timeline.count} />}
      {timeline.problem !== undefined && (
        <Notice>Events could not be read: {timeline.problem} <button className="quiet" onClick={timeline.tryAgain}>Read them again</button></Notice>
      )}
      <VirtualRows count={timeline.count} height={rowHeight} begin="end" role="listbox" label="Events" className="event-list" rows={handle} onKeyDown={onKeyDown} onScroll={onScroll}
        keyOf={timeline.keyOf} active={index} activeId={index < 0 ? undefined : `${prefix}${selected!.sequence}`}>
        {at => <EventRow event={timeline.at(at)} id={prefix} place={at + 1} count={timeline.count} isSelected={at === index} onSelect={setSelected} />}
      </VirtualRows>
      {selected && <EventDetails event={selected} onLookAt={onLookAt} onClose={() => setSelected(undefined)} />}
      {isOpen && <SendEvent session={session} onMade={onMade} />}
    </div>
  );
}

function SearchState({ search, count }: { readonly search: EventSearch; readonly count: number }) {
  return (
    <div className="row search-state" role="status">
      <span className="hint">
        {search.problem ?? `${count.toLocaleString("en")} found${search.left > 0 ? `, ${search.left.toLocaleString("en")} events not looked at yet` : ""}${search.isRunning ? " …" : ""}`}
      </span>
      {!search.isRunning && search.left > 0 && <button className="quiet" onClick={() => search.more()}>Look further back</button>}
    </div>
  );
}
