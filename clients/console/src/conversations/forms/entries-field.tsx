import { ConversationRole, type GroupEntry, type UserEntry } from "realtime-sessions";
import type { ReactNode } from "react";
import { useGroupName, usePersonName } from "../data/directory";
import type { Group } from "../data/resources";
import { roleHints, roleNames } from "../data/roles";
import { PersonPicker } from "./person-picker";

/** Who is listed in a conversation. */
export interface Entries {
  readonly participants: readonly UserEntry[];
  readonly groups: readonly GroupEntry[];
}

interface EntriesFieldProps extends Entries {
  readonly spaceId: number | undefined;
  /** The groups that there are. */
  readonly all: readonly Group[];
  readonly onChange: (entries: Entries) => void;
}

/** Lists people and groups, each with a role. */
export function EntriesField({ participants, groups, spaceId, all, onChange }: EntriesFieldProps) {
  const others = all.filter(group => !groups.some(entry => entry.groupId === group.groupId));
  return (
    <fieldset className="entries">
      <legend>People and groups</legend>
      <ul>
        {participants.map(entry => (
          <UserRow
            key={entry.userId} entry={entry}
            onRole={role => onChange({ groups, participants: participants.map(each => (each === entry ? { userId: entry.userId, ...role } : each)) })}
            onRemove={() => onChange({ groups, participants: participants.filter(each => each !== entry) })}
          />
        ))}
        {groups.map(entry => (
          <GroupRow
            key={entry.groupId} entry={entry}
            onRole={role => onChange({ participants, groups: groups.map(each => (each === entry ? { groupId: entry.groupId, ...role } : each)) })}
            onRemove={() => onChange({ participants, groups: groups.filter(each => each !== entry) })}
          />
        ))}
      </ul>
      <PersonPicker
        label="Add a person" spaceId={spaceId} chosen={participants.map(entry => entry.userId)}
        onPick={({ userId }) => onChange({ groups, participants: [...participants, { userId }] })}
      />
      {others.length > 0 && (
        <select aria-label="Add a group" value="" onChange={event => onChange({ participants, groups: [...groups, { groupId: Number(event.target.value) }] })}>
          <option value="">Add a group …</option>
          {others.map(({ groupId, name }) => <option key={groupId} value={groupId}>{name}</option>)}
        </select>
      )}
    </fieldset>
  );
}

interface RowProps<E> {
  readonly entry: E;
  readonly onRole: (role: { readonly role?: ConversationRole }) => void;
  readonly onRemove: () => void;
}

function UserRow({ entry, ...on }: RowProps<UserEntry>) {
  return <EntryRow name={usePersonName(entry.userId)} role={entry.role} {...on} />;
}

function GroupRow({ entry, ...on }: RowProps<GroupEntry>) {
  return <EntryRow name={useGroupName(entry.groupId)} note={<span className="badge">group</span>} role={entry.role} {...on} />;
}

interface EntryRowProps extends Omit<RowProps<unknown>, "entry"> {
  readonly name: string;
  readonly note?: ReactNode;
  readonly role: ConversationRole | undefined;
}

function EntryRow({ name, note, role, onRole, onRemove }: EntryRowProps) {
  return (
    <li className="row">
      <span className="name">{name} {note}</span>
      <select aria-label={`Role of ${name}`} value={role ?? ""} onChange={event => onRole(event.target.value ? { role: Number(event.target.value) as ConversationRole } : {})}>
        <option value="">Default</option>
        {Object.values(ConversationRole).map(each => <option key={each} value={each} title={roleHints[each]}>{roleNames[each]}</option>)}
      </select>
      <button type="button" className="quiet" aria-label={`Remove ${name}`} onClick={onRemove}>×</button>
    </li>
  );
}
