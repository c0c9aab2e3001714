import { Activity, useId, useState, type KeyboardEvent, type ReactNode } from "react";
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
  /** Somebody has changed something here. */
  readonly onMade: (made: Promise<unknown>) => void;
}

const tabs = ["Timeline", "People", "Details", "Conversations"] as const;

type Tab = (typeof tabs)[number];

/** What there is beside the data. What was opened once stays, with what one has typed there. */
export function SidePanel({ session, isOpen, onLookAt, onMade }: SidePanelProps) {
  const [tab, setTab] = useState<Tab>("Timeline");
  const [opened, setOpened] = useState<ReadonlySet<Tab>>(new Set([tab]));
  const id = useId();

  function open(next: Tab) {
    setTab(next);
    setOpened(before => new Set(before).add(next));
  }

  function onKeyDown(event: KeyboardEvent<HTMLDivElement>) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step === undefined) return;
    const next = tabs[(tabs.indexOf(tab) + step + tabs.length) % tabs.length]!;
    open(next);
    event.currentTarget.querySelector<HTMLElement>(`[data-tab="${next}"]`)?.focus();
  }

  const panel = (of: Tab, content: ReactNode) => opened.has(of) && (
    <div className="tab-panel" role="tabpanel" id={`${id}panel${of}`} aria-labelledby={`${id}${of}`} hidden={tab !== of}>{content}</div>
  );
  // Unseen, it hears and draws nothing.
  const resting = (of: Tab, content: ReactNode) => panel(of, <Activity mode={tab === of ? "visible" : "hidden"}>{content}</Activity>);

  return (
    <section className="side-panel" aria-label="Beside the data">
      <div className="tabs" role="tablist" aria-label="Beside the data" onKeyDown={onKeyDown}>
        {tabs.map(each => (
          <button key={each} role="tab" data-tab={each} id={`${id}${each}`} aria-selected={tab === each} aria-controls={opened.has(each) ? `${id}panel${each}` : undefined} tabIndex={tab === each ? 0 : -1}
            onClick={() => open(each)}>{each}</button>
        ))}
      </div>
      {resting("Timeline", <TimelinePanel session={session} isOpen={isOpen} onLookAt={onLookAt} onMade={onMade} />)}
      {resting("People", <PeoplePanel session={session} isOpen={isOpen} />)}
      {resting("Details", <DetailsPanel session={session} isOpen={isOpen} />)}
      {/* Unseen, it stays in its conversations: what was written there is sent. */}
      {panel("Conversations", <SessionConversations applicationId={session.applicationId} sessionId={session.sessionId} />)}
    </section>
  );
}
