import { useState } from "react";
import { Dialog } from "../../design/dialog";
import { Field } from "../../design/field";
import { useDirectory, usePersonName } from "../data/directory";
import type { Group } from "../data/resources";
import type { Place } from "../data/roles";
import { PersonPicker } from "../forms/person-picker";
import { PersonName } from "./person";

interface SpaceGroupsProps {
  readonly place: Place;
  readonly isOwner: boolean;
  readonly onChanged: () => void;
}

/** The groups of a space; its owners make and change them. */
export function SpaceGroups({ place: { space, groups }, isOwner, onChanged }: SpaceGroupsProps) {
  const { api } = useDirectory();
  const [open, setOpen] = useState<{ readonly group?: Group; readonly isLast?: boolean }>();
  const close = () => setOpen(undefined);

  async function remove() {
    await api.deleteGroup(open!.group!.groupId);
    onChanged();
  }

  return (
    <section className="card stack" aria-labelledby="groups">
      <div className="row"><h2 id="groups">Groups</h2><span className="badge">{groups.length}</span></div>
      {groups.length === 0 && <p className="hint">Members of the space under a name, to be invited together.</p>}
      <ul className="people">
        {groups.map(group => (
          <li key={group.groupId} className="row">
            <span className="name">{group.name} <span className="hint"><Members userIds={group.userIds} /></span></span>
            {isOwner && <button className="quiet" aria-label={`Change the group ${group.name}`} onClick={() => setOpen({ group })}>Change</button>}
            {isOwner && <button className="quiet" aria-label={`Delete the group ${group.name}`} title="Delete" onClick={() => setOpen({ group, isLast: true })}>×</button>}
          </li>
        ))}
      </ul>
      {isOwner && <button onClick={() => setOpen({})}>New group</button>}
      {open && !open.isLast && <GroupDialog spaceId={space.spaceId} group={open.group} onDone={onChanged} onClose={close} />}
      {open?.isLast && (
        <Dialog title={`Delete the group "${open.group!.name}"?`} action="Delete it" isDangerous onSubmit={remove} onClose={close}>
          <p>Whoever sees a conversation by this group alone will see it no longer.</p>
        </Dialog>
      )}
    </section>
  );
}

interface GroupDialogProps {
  readonly spaceId: number;
  /** The one to be changed; `undefined`: one is made. */
  readonly group: Group | undefined;
  readonly onDone: () => void;
  readonly onClose: () => void;
}

function GroupDialog({ spaceId, group, onDone, onClose }: GroupDialogProps) {
  const { api } = useDirectory();
  const [userIds, setUserIds] = useState<readonly number[]>(group?.userIds ?? []);

  async function submit(form: FormData) {
    const chosen = { name: String(form.get("name")).trim(), userIds };
    await (group ? api.changeGroup(group.groupId, chosen) : api.createGroup(spaceId, chosen));
    onDone();
  }

  return (
    <Dialog title={group ? "Change the group" : "New group"} action={group ? "Save" : "Make it"} onSubmit={submit} onClose={onClose}>
      <Field label="Name"><input name="name" required maxLength={200} defaultValue={group?.name} autoFocus autoComplete="off" /></Field>
      <fieldset className="entries">
        <legend>Members</legend>
        <ul>{userIds.map(userId => <GroupMember key={userId} userId={userId} onRemove={() => setUserIds(before => before.filter(each => each !== userId))} />)}</ul>
        <PersonPicker label="Add a person" spaceId={spaceId} chosen={userIds} onPick={({ userId }) => setUserIds(before => [...before, userId])} />
      </fieldset>
    </Dialog>
  );
}

function GroupMember({ userId, onRemove }: { readonly userId: number; readonly onRemove: () => void }) {
  const name = usePersonName(userId);
  return <li className="row"><span className="name">{name}</span><button type="button" className="quiet" aria-label={`Remove ${name}`} onClick={onRemove}>×</button></li>;
}

/** The first few by name. */
function Members({ userIds }: { readonly userIds: readonly number[] }) {
  const named = userIds.slice(0, 3);
  if (named.length === 0) return <>nobody</>;
  return <>{named.map((userId, index) => <span key={userId}>{index > 0 && ", "}<PersonName userId={userId} /></span>)}{userIds.length > 3 && ` and ${userIds.length - 3} more`}</>;
}
