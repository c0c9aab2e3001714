import { useState, type FormEvent } from "react";
import type { LiveSession, Participant } from "realtime-sessions";
import { useHub } from "../../app/hub";
import { Avatar } from "../../design/avatar";
import { useAsked } from "../../lib/use-asked";
import { useDraft } from "../use-draft";
import { useInfo } from "../use-info";

/** Who takes part, by himself or by a group, and as what. */
export function Participants({ session, isOpen }: { readonly session: LiveSession; readonly isOpen: boolean }) {
  const { client } = useHub();
  const { participants } = useInfo(session);
  const { applicationId, sessionId } = session;
  // Who may not read the roles types their names.
  const { answer } = useAsked(signal => client.listRoles({ applicationId }, { signal }), [client, applicationId]);
  const [problem, setProblem] = useState<string>();

  const attempt = (answer: Promise<unknown>) => {
    setProblem(undefined);
    answer.catch((error: Error) => setProblem(error.message));
    return answer;
  };
  const add = (participant: Participant) => attempt(client.addSessionParticipant({ applicationId, sessionId, participant }));
  const remove = ({ id, type }: Participant) => void attempt(client.removeSessionParticipant({ applicationId, sessionId, participant: { id, ...(type && { type }) } }));

  return (
    <section className="stack" aria-label="Participants">
      <h3>Participants</h3>
      <ul className="people">
        {participants.map(each => (
          <li key={`${each.type ?? "user"}/${each.id}`}>
            <Avatar id={each.id} isGroup={each.type === "group"} />
            <div><strong>{each.id}</strong> {each.type === "group" && <span className="badge">group</span>} {each.role && <span className="badge accent">{each.role}</span>}</div>
            <button className="quiet" aria-label={`Remove ${each.id}`} onClick={() => remove(each)}>remove</button>
          </li>
        ))}
      </ul>
      {isOpen && <AddParticipant roles={answer?.roles.map(role => role.name) ?? []} onAdd={add} />}
      {problem && <p className="notice problem" role="alert">{problem}</p>}
    </section>
  );
}

const nobody = { type: "user" as "user" | "group", id: "", role: "" };

interface AddParticipantProps {
  readonly roles: readonly string[];
  readonly onAdd: (participant: Participant) => Promise<unknown>;
}

function AddParticipant({ roles, onAdd }: AddParticipantProps) {
  const draft = useDraft(nobody);
  const { type, id, role } = draft.value;

  function submit(event: FormEvent) {
    event.preventDefault();
    draft.send(onAdd({ id: id.trim(), type, ...(role.trim() && { role: role.trim() }) }));
  }

  return (
    <form className="row" aria-label="Add a participant" onSubmit={submit}>
      <select aria-label="Kind" value={type} onChange={event => draft.write({ type: event.target.value as "user" | "group" })}><option value="user">user</option><option value="group">group</option></select>
      <input aria-label="Id" placeholder="id" required maxLength={200} value={id} onChange={event => draft.write({ id: event.target.value })} />
      <input aria-label="Role" placeholder="role, if any" list="roles" maxLength={200} value={role} onChange={event => draft.write({ role: event.target.value })} />
      <datalist id="roles">{roles.map(each => <option key={each} value={each} />)}</datalist>
      <button>Add</button>
    </form>
  );
}
