import { useState, type FormEvent } from "react";
import type { LiveSession, Participant } from "realtime-sessions";
import { useHub } from "../../app/hub";
import { Avatar } from "../../design/avatar";
import { useAsked } from "../../lib/use-asked";
import { useInfo } from "../use-info";

/** Who takes part, by himself or by a group, and as what. */
export function Participants({ session, isOpen }: { readonly session: LiveSession; readonly isOpen: boolean }) {
  const { client } = useHub();
  const { participants } = useInfo(session);
  const { applicationId, sessionId } = session;
  // Who may not read the roles types their names.
  const { answer } = useAsked(signal => client.listRoles({ applicationId }, { signal }), [client, applicationId]);
  const [problem, setProblem] = useState<string>();

  const attempt = async (act: () => Promise<unknown>) => {
    setProblem(undefined);
    try {
      await act();
      return true;
    } catch (error) {
      setProblem((error as Error).message);
      return false;
    }
  };
  const add = (participant: Participant) => attempt(() => client.addSessionParticipant({ applicationId, sessionId, participant }));
  const remove = ({ id, type }: Participant) => attempt(() => client.removeSessionParticipant({ applicationId, sessionId, participant: { id, ...(type && { type }) } }));

  return (
    <section className="stack" aria-label="Participants">
      <h3>Participants</h3>
      <ul className="people">
        {participants.map(each => (
          <li key={`${each.type ?? "user"}/${each.id}`}>
            <Avatar id={each.id} isGroup={each.type === "group"} />
            <div><strong>{each.id}</strong> {each.type === "group" && <span className="badge">group</span>} {each.role && <span className="badge accent">{each.role}</span>}</div>
            <button className="quiet" aria-label={`Remove ${each.id}`} onClick={() => void remove(each)}>remove</button>
          </li>
        ))}
      </ul>
      {isOpen && <AddParticipant roles={answer?.roles.map(role => role.name) ?? []} onAdd={add} />}
      {problem && <p className="notice problem" role="alert">{problem}</p>}
    </section>
  );
}

function AddParticipant({ roles, onAdd }: { readonly roles: readonly string[]; readonly onAdd: (participant: Participant) => Promise<boolean> }) {
  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = event.currentTarget;
    const fields = new FormData(form);
    const role = String(fields.get("role")).trim();
    const participant = { id: String(fields.get("id")).trim(), type: fields.get("type") as "user" | "group", ...(role && { role }) };
    if (await onAdd(participant)) form.reset();
  }

  return (
    <form className="row" aria-label="Add a participant" onSubmit={event => void submit(event)}>
      <select name="type" aria-label="Kind"><option value="user">user</option><option value="group">group</option></select>
      <input name="id" aria-label="Id" placeholder="id" required maxLength={200} />
      <input name="role" aria-label="Role" placeholder="role, if any" list="roles" maxLength={200} />
      <datalist id="roles">{roles.map(role => <option key={role} value={role} />)}</datalist>
      <button>Add</button>
    </form>
  );
}
