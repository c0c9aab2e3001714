import { useState } from "react";
import { useHub } from "../../app/hub";
import { useAsked } from "../../lib/use-asked";
import { sessionLink } from "../data/links";
import type { ConversationDraft } from "../data/resources";

type Links = ConversationDraft["externalObjects"];

/** What a conversation is linked with: anything can be taken away, and sessions of this hub be added. */
export function LinksField({ links, onChange }: { readonly links: Links; readonly onChange: (links: Links) => void }) {
  const { client } = useHub();
  const [applicationId, setApplicationId] = useState("");
  const { answer: applications, problem: noApplications } = useAsked(signal => client.listApplications({}, { signal }), [client]);
  const { answer: sessions, problem: noSessions } = useAsked(async signal => (applicationId ? client.listSessions({ applicationId }, { signal }) : undefined), [client, applicationId]);

  function add(sessionId: string) {
    const id = sessionLink(applicationId, sessionId);
    const name = sessions!.sessions.find(session => session.sessionId === sessionId)!.name;
    if (!links.some(link => link.id === id)) onChange([...links, { id, name }]);
  }

  return (
    <fieldset className="entries">
      <legend>Linked with</legend>
      <ul>
        {links.map(link => (
          <li key={link.id} className="row">
            <span className="name">{link.name} <code>{link.id}</code></span>
            <button type="button" className="quiet" aria-label={`Remove the link with ${link.name ?? link.id}`} onClick={() => onChange(links.filter(each => each !== link))}>×</button>
          </li>
        ))}
      </ul>
      <div className="row">
        <select aria-label="Application of a session" value={applicationId} onChange={event => setApplicationId(event.target.value)}>
          <option value="">Link with a session of …</option>
          {applications?.applications.map(each => <option key={each.applicationId} value={each.applicationId}>{each.name}</option>)}
        </select>
        {applicationId && (
          <select aria-label="Session" value="" disabled={!sessions} onChange={event => add(event.target.value)}>
            <option value="">{sessions?.sessions.length === 0 ? "It has none" : "Session …"}</option>
            {sessions?.sessions.map(({ sessionId, name }) => <option key={sessionId} value={sessionId}>{name}</option>)}
          </select>
        )}
      </div>
      <p className="hint" role="status">{noApplications ?? noSessions}</p>
    </fieldset>
  );
}
