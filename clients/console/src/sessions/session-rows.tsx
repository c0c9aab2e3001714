import { useState } from "react";
import { Link } from "wouter";
import type { Session } from "realtime-sessions";
import { Age } from "../design/age";
import { Avatar } from "../design/avatar";
import { EndDialog } from "./end-dialog";

/** How many participants a row shows as faces. */
const faces = 5;

/** Sessions as a table; each can be opened, closed and deleted. */
export function SessionRows({ sessions }: { readonly sessions: readonly Session[] }) {
  const [asked, setAsked] = useState<{ readonly session: Session; readonly what: "close" | "delete" }>();
  return (
    <>
      <table className="table">
        <thead><tr><th scope="col">Name</th><th scope="col">Properties</th><th scope="col">Participants</th><th scope="col">Created</th><th scope="col">Changed</th><th scope="col"><span className="visually-hidden">Actions</span></th></tr></thead>
        <tbody>
          {sessions.map(session => (
            <tr key={session.sessionId}>
              <td>
                <Link href={`/applications/${session.applicationId}/sessions/${session.sessionId}`}><strong>{session.name}</strong></Link>
                <div className="hint"><code>{session.sessionId}</code>{session.isDraft && " · draft"} · version {session.version}</div>
              </td>
              <td><span className="row">{Object.entries(session.properties).map(([name, value]) => <span key={name} className="chip">{name} = {value}</span>)}</span></td>
              <td>
                <span className="row">
                  {session.participants.slice(0, faces).map(({ id, type }) => <Avatar key={`${type}/${id}`} id={id} isGroup={type === "group"} />)}
                  {session.participants.length > faces && <span className="hint">+{session.participants.length - faces}</span>}
                </span>
              </td>
              <td data-label="Created"><Age of={session.createdAt} /><div className="hint">{session.createdBy}</div></td>
              <td data-label="Changed"><Age of={session.modifiedAt} /><div className="hint">{session.modifiedBy}</div></td>
              <td>
                <span className="row end">
                  {session.status === "open" && <button className="quiet" aria-label={`Close ${session.name}`} onClick={() => setAsked({ session, what: "close" })}>Close</button>}
                  <button className="quiet" aria-label={`Delete ${session.name}`} onClick={() => setAsked({ session, what: "delete" })}>Delete</button>
                </span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {asked && <EndDialog {...asked} onClose={() => setAsked(undefined)} />}
    </>
  );
}
