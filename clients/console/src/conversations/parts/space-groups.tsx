import { useState } from "react";
import { Dialog } from "../../design/dialog";
import { useDirectory } from "../data/directory";
import type { Group } from "../data/resources";
import type { Place } from "../data/roles";
import { GroupDialog } from "../forms/group-dialog";
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
        <Dialog title={`Delete the group "${open.group!.name}"?`} action="Delete it" isDangerous onSubmit={() => api.deleteGroup(open.group!.groupId)} onDone={onChanged} onClose={close}>
          <p>Whoever sees a conversation by this group alone will see it no longer.</p>
        </Dialog>
      )}
    </section>
  );
}

/** The first few by name. */
function Members({ userIds }: { readonly userIds: readonly number[] }) {
  const named = userIds.slice(0, 3);
  if (named.length === 0) return <>nobody</>;
  return <>{named.map((userId, index) => <span key={userId}>{index > 0 && ", "}<PersonName userId={userId} /></span>)}{userIds.length > 3 && ` and ${userIds.length - 3} more`}</>;
}
