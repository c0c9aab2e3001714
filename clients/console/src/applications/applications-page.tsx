import type { Application } from "realtime-sessions";
import { Link } from "wouter";
import { useHub } from "../app/hub";
import { Age } from "../design/age";
import { Notice } from "../design/notice";
import { useAsked } from "../lib/use-asked";

/** The applications that one may read. */
export function ApplicationsPage() {
  const { client } = useHub();
  const { answer, problem } = useAsked(signal => client.listApplications({}, { signal }), [client]);
  return (
    <div className="page">
      <div className="page-head"><h1>Applications</h1></div>
      {problem && <Notice>{problem}</Notice>}
      {!answer && !problem && <p role="status">Loading …</p>}
      {answer?.applications.length === 0 && (
        <p className="empty">There is no application that you may read. An administrator makes one with <code>POST /api/v1/applications</code>, and puts you into one of its roles.</p>
      )}
      <ul className="cards">{answer?.applications.map(application => <li key={application.applicationId}><ApplicationCard application={application} /></li>)}</ul>
    </div>
  );
}

function ApplicationCard({ application: { applicationId, name, description, publishedVersion, draftVersion, createdBy, createdAt } }: { readonly application: Application }) {
  return (
    <Link href={`/applications/${applicationId}`} className="card">
      <h2>{name}</h2>
      <span className="row">
        <code>{applicationId}</code>
        {publishedVersion !== undefined && <span className="badge good">version {publishedVersion}</span>}
        {draftVersion !== undefined && <span className="badge">draft {draftVersion}</span>}
      </span>
      {description && <p>{description}</p>}
      <p className="hint">Made by {createdBy}, <Age of={createdAt} /></p>
    </Link>
  );
}
