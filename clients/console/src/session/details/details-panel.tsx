import { useState } from "react";
import type { LiveSession, Session } from "realtime-sessions";
import { useHub } from "../../app/hub";
import { Age } from "../../design/age";
import { Dialog } from "../../design/dialog";
import { Field } from "../../design/field";
import { readProperties, writeProperties } from "../../sessions/properties";
import { useInfo } from "../use-info";

/** What the session is, without its data. */
export function DetailsPanel({ session, isOpen }: { readonly session: LiveSession; readonly isOpen: boolean }) {
  const info = useInfo(session);
  const [isEditing, setIsEditing] = useState(false);
  const properties = Object.entries(info.properties);
  return (
    <div className="panel-body stack">
      <dl className="facts">
        <dt>Name</dt><dd>{info.name}</dd>
        <dt>Description</dt><dd>{info.description || "none"}</dd>
        <dt>Properties</dt><dd>{properties.length === 0 ? "none" : properties.map(([name, value]) => <span key={name} className="chip">{name} = {value}</span>)}</dd>
        <dt>Version</dt><dd>{info.version}{info.isDraft && ", a draft"}</dd>
        <dt>Created</dt><dd>by {info.createdBy}, <Age of={info.createdAt} /></dd>
        <dt>Changed</dt><dd>by {info.modifiedBy}, <Age of={info.modifiedAt} /></dd>
        <dt>Epoch</dt><dd><code>{session.position.epoch}</code></dd>
        <dt>Id</dt><dd><code>{info.sessionId}</code></dd>
      </dl>
      {isOpen && <div><button onClick={() => setIsEditing(true)}>Edit name, description, properties</button></div>}
      {isEditing && <EditDialog info={info} onClose={() => setIsEditing(false)} />}
    </div>
  );
}

function EditDialog({ info, onClose }: { readonly info: Session; readonly onClose: () => void }) {
  const { client } = useHub();
  const { applicationId, sessionId } = info;

  async function save(form: FormData) {
    const wanted = { name: String(form.get("name")), description: String(form.get("description")), properties: readProperties(String(form.get("properties"))) };
    const patch = Object.fromEntries(Object.entries(wanted).filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(info[name as keyof Session])));
    await client.patchSession({ applicationId, sessionId, patch });
  }

  return (
    <Dialog title="Edit the session" action="Save" onSubmit={save} onClose={onClose}>
      <Field label="Name"><input name="name" required maxLength={200} defaultValue={info.name} /></Field>
      <Field label="Description"><textarea name="description" rows={3} maxLength={4000} defaultValue={info.description} /></Field>
      <Field label="Properties" hint="One in each line: name = value"><textarea name="properties" className="code" rows={4} defaultValue={writeProperties(info.properties)} /></Field>
    </Dialog>
  );
}
