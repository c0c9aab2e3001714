import { useDeferredValue, useMemo, useState } from "react";
import { Link, useLocation } from "wouter";
import type { Session } from "realtime-sessions";
import { useSessionList } from "realtime-sessions/react";
import { useHub } from "../app/hub";
import { Notice } from "../design/notice";
import { CreateDialog } from "./create-dialog";
import { readProperties } from "./properties";
import { SessionRows } from "./session-rows";

/** The sessions of an application, live. */
export function SessionsPage({ applicationId }: { readonly applicationId: string }) {
  const { client } = useHub();
  const [status, setStatus] = useState<Session["status"]>("open");
  const [text, setText] = useState("");
  const [isCreating, setIsCreating] = useState(false);
  const [, go] = useLocation();
  const { properties, problem } = useFilter(useDeferredValue(text));
  const { view, list, error } = useSessionList(client, { applicationId, status, ...(properties && { properties }) });

  return (
    <div className="page">
      <nav className="crumbs" aria-label="Where this is"><Link href="/">Applications</Link> / <span>{applicationId}</span></nav>
      <div className="page-head">
        <h1>Sessions of {applicationId}</h1>
        <div className="actions"><button className="primary" onClick={() => setIsCreating(true)}>New session</button></div>
      </div>
      <div className="row">
        <fieldset className="segments" aria-label="Status">
          {(["open", "closed"] as const).map(each => (
            <label key={each}><input type="radio" name="status" checked={status === each} onChange={() => setStatus(each)} /><span>{each}</span></label>
          ))}
        </fieldset>
        <input type="search" aria-label="Filter by properties" placeholder="Filter by properties, such as room = blue, floor = 2" value={text} aria-invalid={problem !== undefined}
          onChange={event => setText(event.target.value)} />
      </div>
      {problem && <p className="hint" role="status">{problem}</p>}
      {error && <Notice>{error.message}</Notice>}
      {!view && !error && <p role="status">Loading …</p>}
      {view?.sessions.length === 0 && <p className="empty">There is no {status} session here that you may read{properties && " and that has these properties"}.</p>}
      {view && view.sessions.length > 0 && <SessionRows sessions={view.sessions} />}
      {list && view.hasMore && <div className="row"><button onClick={() => void list.loadMore()}>Show more</button></div>}
      {isCreating && <CreateDialog applicationId={applicationId} onClose={() => setIsCreating(false)} onCreated={id => go(`/applications/${applicationId}/sessions/${id}`)} />}
    </div>
  );
}

/** Properties that are typed in one line, with commas between; while they are half typed, no filter. */
function useFilter(text: string): { readonly properties?: Record<string, string>; readonly problem?: string } {
  return useMemo(() => {
    try {
      const properties = readProperties(text.replace(/,/g, "\n"));
      return Object.keys(properties).length === 0 ? {} : { properties };
    } catch (error) {
      return { problem: (error as Error).message };
    }
  }, [text]);
}
