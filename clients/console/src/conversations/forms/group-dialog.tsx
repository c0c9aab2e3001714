import { useState } from "react";
import { Dialog } from "../../design/dialog";
import { Field } from "../../design/field";
import { useDirectory, usePersonName } from "../data/directory";
import type { Group } from "../data/resources";
import { differing, isSame, mergedList } from "./merged";
import { PersonPicker } from "./person-picker";

interface GroupDialogProps {
  readonly spaceId: number;
  /** The one to be changed, as it was when one began: what others change meanwhile stays so. `undefined`: one is made. */
  readonly group: Group | undefined;
  readonly onDone: () => void;
  readonly onClose: () => void;
}

/** Makes a group, or changes one. */
export function GroupDialog({ spaceId, group, onDone, onClose }: GroupDialogProps) {
  const { api } = useDirectory();
  const [userIds, setUserIds] = useState<readonly number[]>(group?.userIds ?? []);

  function submit(form: FormData): Promise<void> {
    const chosen = { name: String(form.get("name")).trim(), userIds };
    return group ? change(group, chosen) : api.createGroup(spaceId, chosen);
  }

  async function change(before: Group, { name, userIds }: Pick<Group, "name" | "userIds">) {
    const changes = { ...differing({ name }, before), ...(!isSame(userIds, before.userIds) && (await membersOf(before, userIds))) };
    if (Object.keys(changes).length > 0) await api.changeGroup(before.groupId, changes);
  }

  /** They are replaced whole, and nothing tells of those whom others have added or removed. */
  async function membersOf(before: Group, chosen: readonly number[]): Promise<Partial<Group>> {
    const now = await api.group(before.groupId);
    return differing({ userIds: mergedList(before.userIds, chosen, now.userIds, userId => userId) }, now);
  }

  return (
    <Dialog title={group ? "Change the group" : "New group"} action={group ? "Save" : "Make it"} onSubmit={submit} onDone={onDone} onClose={onClose}>
      <Field label="Name"><input name="name" required maxLength={200} defaultValue={group?.name} autoFocus autoComplete="off" /></Field>
      <fieldset className="entries">
        <legend>Members</legend>
        <ul>{userIds.map(userId => <Member key={userId} userId={userId} onRemove={() => setUserIds(before => before.filter(each => each !== userId))} />)}</ul>
        <PersonPicker label="Add a person" spaceId={spaceId} chosen={userIds} onPick={({ userId }) => setUserIds(before => [...before, userId])} />
      </fieldset>
    </Dialog>
  );
}

function Member({ userId, onRemove }: { readonly userId: number; readonly onRemove: () => void }) {
  const name = usePersonName(userId);
  return <li className="row"><span className="name">{name}</span><button type="button" className="quiet" aria-label={`Remove ${name}`} onClick={onRemove}>×</button></li>;
}
