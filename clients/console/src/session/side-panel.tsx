import { useId, useState, type KeyboardEvent } from "react";
import type { LiveSession } from "realtime-sessions";
import { part } from "../app/part";
import { DetailsPanel } from "./details/details-panel";
import { PeoplePanel } from "./people/people-panel";
import { TimelinePanel } from "./timeline/timeline-panel";

const SessionConversations = part(async () => ({ default: (await import("../conversations/session-conversations")).SessionConversations }));

interface SidePanelProps {
  readonly session: LiveSession;
  readonly isOpen: boolean;
  readonly onLookAt: (sequence: number) => void;
}

const tabs = ["Timeline", "People", "Details", "Conversations"] as const;

/** What there is beside the data. */
export function SidePanel({ session, isOpen, onLookAt }: SidePanelProps) {
  const [tab, setTab] = useState<(typeof tabs)[number]>("Timeline");
  const id = useId();

  function onKeyDown(event: KeyboardEvent<HTMLDivElement>) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step === undefined) return;
    const next = tabs[(tabs.indexOf(tab) + step + tabs.length) % tabs.length]!;
    setTab(next);
    event.currentTarget.querySelector<HTMLElement>(`[data-tab="${next}"]`)?.focus();
  }

  return (
    <section className="side-panel" aria-label="Beside the data">
      <div className="tabs" role="tablist" aria-label="Beside the data" onKeyDown={onKeyDown}>
        {tabs.map(each => (
          <button key={each} role="tab" data-tab={each} id={`${id}${each}`} aria-selected={tab === each} aria-controls={`${id}panel`} tabIndex={tab === each ? 0 : -1} onClick={() => setTab(each)}>{each}</button>
        ))}
      </div>
      <div className="tab-panel" role="tabpanel" id={`${id}panel`} aria-labelledby={`${id}${tab}`}>
        {tab === "Timeline" && <TimelinePanel session={session} isOpen={isOpen} onLookAt={onLookAt} />}
        {tab === "People" && <PeoplePanel session={session} isOpen={isOpen} />}
        {tab === "Details" && <DetailsPanel session={session} isOpen={isOpen} />}
        {tab === "Conversations" && <SessionConversations applicationId={session.applicationId} sessionId={session.sessionId} />}
      </div>
    </section>
  );
}
