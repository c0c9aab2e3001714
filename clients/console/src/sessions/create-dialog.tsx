import type { JsonObject } from "realtime-sessions";
import { useHub } from "../app/hub";
import { Dialog } from "../design/dialog";
import { Field } from "../design/field";
import { readProperties } from "./properties";

interface CreateDialogProps {
  readonly applicationId: string;
  readonly onCreated: (sessionId: string) => void;
  readonly onClose: () => void;
}

/** Makes a session. */
export function CreateDialog({ applicationId, onCreated, onClose }: CreateDialogProps) {
  const { client } = useHub();

  async function create(form: FormData) {
    const text = (name: string) => String(form.get(name)).trim();
    const participants = text("participants").split(/[\s,]+/).filter(Boolean).map(id => (id.startsWith("group:") ? { type: "group" as const, id: id.slice(6) } : { id }));
    return client.createSession({
      applicationId, name: text("name"), description: text("description"), properties: readProperties(text("properties")), participants,
      ...(text("id") && { sessionId: text("id") }), ...(text("data") && { data: readData(text("data")) }),
    });
  }

  return (
    <Dialog title="New session" action="Create" onSubmit={create} onDone={session => onCreated(session.sessionId)} onClose={onClose}>
      <Field label="Name"><input name="name" required maxLength={200} autoFocus /></Field>
      <Field label="Participants" hint="Users' ids besides your own, and groups as group:designers; everybody: group:everyone"><input name="participants" /></Field>
      <Field label="Properties" hint="One in each line: name = value"><textarea name="properties" className="code" rows={2} /></Field>
      <details>
        <summary>More</summary>
        <div className="stack">
          <Field label="Id" hint="Letters, digits, - and _; the server's choice if empty"><input name="id" maxLength={64} pattern="[A-Za-z0-9_\-]{1,64}" /></Field>
          <Field label="Description"><textarea name="description" rows={2} maxLength={4000} /></Field>
          <Field label="First data" hint="A JSON object"><textarea name="data" className="code" rows={3} spellCheck={false} /></Field>
        </div>
      </details>
    </Dialog>
  );
}

function readData(text: string): JsonObject {
  const data: unknown = JSON.parse(text);
  if (typeof data !== "object" || data === null || Array.isArray(data)) throw new Error("The first data must be a JSON object.");
  return data as JsonObject;
}
