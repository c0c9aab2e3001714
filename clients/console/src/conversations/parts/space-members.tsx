import { useState } from "react";
import { Dialog } from "../../design/dialog";
import { Field } from "../../design/field";
import { Notice } from "../../design/notice";
import { useDirectory, usePersonName } from "../data/directory";
import { SpaceRole, type Space } from "../data/resources";
import { PersonAvatar } from "./person";

interface SpaceMembersProps {
  readonly space: Space;
  readonly self: number;
  readonly isOwner: boolean;
  readonly onChanged: () => void;
  /** One has left it oneself. */
  readonly onLeft: () => void;
}

type Member = Space["members"][number];

/** As many are shown at first. */
const shown = 20;

const roleNames = { [SpaceRole.Owner]: "Owner", [SpaceRole.Participant]: "Participant" } as const;

/** The members of a space with their roles; its owners change them. */
export function SpaceMembers({ space: { spaceId, members }, self, isOwner, onChanged, onLeft }: SpaceMembersProps) {
  const { api } = useDirectory();
  const [isAdding, setIsAdding] = useState(false);
  const [leaving, setLeaving] = useState<Member>();
  const [count, setCount] = useState(shown);
  const [problem, setProblem] = useState<string>();

  async function change(member: Member, role: SpaceRole) {
    setProblem(undefined);
    await api.addMember(spaceId, { userId: member.userId, role }).then(onChanged, (error: unknown) => setProblem((error as Error).message));
  }

  async function add(form: FormData) {
    const who = String(form.get("who")).trim();
    const role = Number(form.get("role")) as SpaceRole;
    await api.addMember(spaceId, /^\d+$/.test(who) ? { userId: Number(who), role } : { email: who, role });
  }

  async function remove({ userId }: Member) {
    await api.removeMember(spaceId, userId);
    if (userId === self) onLeft();
    else onChanged();
  }

  return (
    <section className="card stack" aria-labelledby="members">
      <div className="row"><h2 id="members">Members</h2><span className="badge">{members.length}</span></div>
      {problem && <Notice onDismiss={() => setProblem(undefined)}>{problem}</Notice>}
      <ul className="people">
        {members.slice(0, count).map(member => (
          <Row key={member.userId} member={member} isSelf={member.userId === self} isOwner={isOwner} onRole={role => void change(member, role)} onRemove={() => setLeaving(member)} />
        ))}
      </ul>
      {members.length > count && <button onClick={() => setCount(before => before + 100)}>Show more ({members.length - count})</button>}
      {isOwner && <button onClick={() => setIsAdding(true)}>Add a member</button>}
      {isAdding && (
        <Dialog title="Add a member" action="Add" onSubmit={add} onDone={onChanged} onClose={() => setIsAdding(false)}>
          <Field label="E-mail address or number" hint="Of somebody who has signed in to this server before. A member gets the role.">
            <input name="who" required maxLength={320} autoFocus autoComplete="off" />
          </Field>
          <Field label="Role">
            <select name="role" defaultValue={SpaceRole.Participant}>
              <option value={SpaceRole.Participant}>Participant: holds conversations</option>
              <option value={SpaceRole.Owner}>Owner: changes the space, its members and its groups</option>
            </select>
          </Field>
        </Dialog>
      )}
      {leaving && <RemoveDialog member={leaving} isSelf={leaving.userId === self} onSubmit={() => remove(leaving)} onClose={() => setLeaving(undefined)} />}
    </section>
  );
}

interface RowProps {
  readonly member: Member;
  readonly isSelf: boolean;
  /** Whether whoever looks at it is an owner. */
  readonly isOwner: boolean;
  readonly onRole: (role: SpaceRole) => void;
  readonly onRemove: () => void;
}

function Row({ member: { userId, role }, isSelf, isOwner, onRole, onRemove }: RowProps) {
  const name = usePersonName(userId);
  return (
    <li className="row">
      <PersonAvatar userId={userId} />
      <span className="name">{name} {isSelf && <span className="hint">you</span>}</span>
      {isOwner ? (
        <select aria-label={`Role of ${name}`} value={role} onChange={event => onRole(Number(event.target.value) as SpaceRole)}>
          {Object.values(SpaceRole).map(each => <option key={each} value={each}>{roleNames[each]}</option>)}
        </select>
      ) : <span className={role === SpaceRole.Owner ? "badge accent" : "badge"}>{roleNames[role]}</span>}
      {(isOwner || isSelf) && <button className="quiet" aria-label={isSelf ? "Leave the space" : `Remove ${name}`} title={isSelf ? "Leave" : "Remove"} onClick={onRemove}>×</button>}
    </li>
  );
}

interface RemoveDialogProps {
  readonly member: Member;
  readonly isSelf: boolean;
  readonly onSubmit: () => Promise<void>;
  readonly onClose: () => void;
}

function RemoveDialog({ member, isSelf, onSubmit, onClose }: RemoveDialogProps) {
  const name = usePersonName(member.userId);
  return (
    <Dialog title={isSelf ? "Leave the space?" : `Remove ${name}?`} action={isSelf ? "Leave" : "Remove"} isDangerous onSubmit={onSubmit} onClose={onClose}>
      <p>{isSelf ? "You" : name} will see nothing of its conversations any more.</p>
    </Dialog>
  );
}
