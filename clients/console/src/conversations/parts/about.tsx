import type { Conversation } from "realtime-sessions";
import type { ReactNode } from "react";
import { Age } from "../../design/age";
import { RichText } from "../comments/rich-text";
import { useGroupName } from "../data/directory";
import { roleNames, stakeholderNames, type Place } from "../data/roles";
import { LinkedObject } from "./linked-object";
import { ParticipantList } from "./participant-list";
import { PersonName } from "./person";

/** What a conversation is about, and who takes part. */
export function About({ conversation, place }: { readonly conversation: Conversation; readonly place: Place | undefined }) {
  const { details, creatorId, createdAt, stakeholder, defaultRole, groups, tags, externalObjects } = conversation;
  return (
    <aside className="about" aria-label="About the conversation">
      {details && <p className="said"><RichText text={details} /></p>}
      <p className="hint">Begun by <PersonName userId={creatorId} />, <Age of={createdAt} /></p>
      {externalObjects.length > 0 && <Part title="Linked with">{externalObjects.map(object => <LinkedObject key={object.id} object={object} />)}</Part>}
      {tags.length > 0 && <Part title="Tags">{tags.map(tag => <span key={tag} className="hashtag">#{tag}</span>)}</Part>}
      <Part title="Who sees it"><span>{stakeholderNames[stakeholder]}</span></Part>
      {groups.length > 0 && <Part title="Groups">{groups.map(({ groupId, role = defaultRole }) => <GroupChip key={groupId} groupId={groupId} role={roleNames[role]} />)}</Part>}
      <h2>Who takes part</h2>
      <ParticipantList conversation={conversation} place={place} />
    </aside>
  );
}

function Part({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return <div className="part"><h2>{title}</h2><div className="row">{children}</div></div>;
}

function GroupChip({ groupId, role }: { readonly groupId: number; readonly role: string }) {
  return <span className="chip">{useGroupName(groupId)} · {role}</span>;
}
