import { ConversationRole, Stakeholder, type Conversation } from "realtime-sessions";
import { useState } from "react";
import { Dialog } from "../../design/dialog";
import { Field } from "../../design/field";
import { useDirectory, usePlace } from "../data/directory";
import type { ConversationDraft, Space } from "../data/resources";
import { roleHints, stakeholderNames } from "../data/roles";
import { EntriesField } from "./entries-field";
import { LinksField } from "./links-field";
import { differing, merged, mergedList } from "./merged";

interface ConversationDialogProps {
  /** The one to be changed, as it is now: what others change meanwhile stays so. Absent: one is made. */
  readonly conversation?: Conversation;
  /** The spaces that a new one can be made in: the only one, or one of them or none. */
  readonly spaces?: readonly Pick<Space, "spaceId" | "name">[];
  /** Whether a new one must be in the space. Default false. */
  readonly isInSpace?: boolean;
  /** What a new one is linked with. Default: nothing. */
  readonly links?: ConversationDraft["externalObjects"];
  readonly onDone?: (conversation: Conversation) => void;
  readonly onClose: () => void;
}

/** Makes a conversation, or changes one. */
export function ConversationDialog({ conversation: now, spaces = [], isInSpace = false, links: given = [], onDone, onClose }: ConversationDialogProps) {
  const { api } = useDirectory();
  const [before] = useState(now);
  const [spaceId, setSpaceId] = useState(before?.spaceId ?? (isInSpace ? spaces[0]?.spaceId : undefined));
  const [stakeholder, setStakeholder] = useState<Stakeholder>(before?.stakeholder ?? Stakeholder.Group);
  const [entries, setEntries] = useState({ participants: before?.participants ?? [], groups: before?.groups ?? [] });
  const [links, setLinks] = useState<ConversationDraft["externalObjects"]>(before?.externalObjects ?? given);
  const place = usePlace(spaceId);
  const listed = stakeholder === Stakeholder.JustMe ? { participants: [], groups: [] } : entries;

  function submit(form: FormData): Promise<Conversation> {
    const text = (name: string) => String(form.get(name) ?? "").trim();
    const draft: ConversationDraft = {
      name: text("name"), details: text("details"), stakeholder, defaultRole: Number(text("defaultRole")) as ConversationRole, ...listed, externalObjects: links,
    };
    if (before) return change(before, now!, draft);
    return api.createConversation({ ...draft, ...(spaceId !== undefined && { spaceId }), ...(text("comment") && { initialComment: text("comment") }) });
  }

  async function change(before: Conversation, now: Conversation, draft: ConversationDraft): Promise<Conversation> {
    const changes = changesOf(before, draft, now);
    return Object.keys(changes).length === 0 ? now : api.changeConversation(now.conversationId, changes);
  }

  function choose(space: number | undefined) {
    setSpaceId(space);
    setEntries({ participants: [], groups: [] });
    if (space === undefined && stakeholder === Stakeholder.Everyone) setStakeholder(Stakeholder.Group);
  }

  return (
    <Dialog title={before ? "Change the conversation" : "New conversation"} action={before ? "Save" : "Begin it"} onSubmit={submit} onDone={onDone} onClose={onClose}>
      <Field label="Name"><input name="name" required maxLength={200} defaultValue={before?.name} autoFocus autoComplete="off" /></Field>
      <Field label="Details"><textarea name="details" rows={2} maxLength={4_000} defaultValue={before?.details} /></Field>
      {!before && !isInSpace && spaces.length > 0 && (
        <Field label="Space">
          <select value={spaceId ?? ""} onChange={event => choose(event.target.value ? Number(event.target.value) : undefined)}>
            <option value="">None</option>
            {spaces.map(space => <option key={space.spaceId} value={space.spaceId}>{space.name}</option>)}
          </select>
        </Field>
      )}
      {!before && <Field label="First comment"><textarea name="comment" rows={3} maxLength={10_000} /></Field>}
      <Field label="Who sees it">
        <select value={stakeholder} onChange={event => setStakeholder(Number(event.target.value) as Stakeholder)}>
          {Object.values(Stakeholder).filter(each => each !== Stakeholder.Everyone || spaceId !== undefined).map(each => <option key={each} value={each}>{stakeholderNames[each]}</option>)}
        </select>
      </Field>
      {stakeholder !== Stakeholder.JustMe && <EntriesField {...entries} spaceId={spaceId} all={place?.groups ?? []} onChange={setEntries} />}
      <Field label="Role of those who are given none">
        <select name="defaultRole" defaultValue={before?.defaultRole ?? ConversationRole.Viewer}>
          {Object.values(ConversationRole).map(each => <option key={each} value={each}>{roleHints[each]}</option>)}
        </select>
      </Field>
      <LinksField links={links} onChange={setLinks} />
    </Dialog>
  );
}

/** What is to be changed for what one has chosen: the server takes everything else as it is, also what one may not link oneself. */
function changesOf(before: Conversation, draft: ConversationDraft, now: Conversation): Partial<ConversationDraft> {
  const stakeholder = merged(before.stakeholder, draft.stakeholder, now.stakeholder);
  const isForOne = stakeholder === Stakeholder.JustMe && draft.stakeholder === stakeholder;
  return differing<ConversationDraft>({
    name: merged(before.name, draft.name, now.name),
    details: merged(before.details, draft.details, now.details),
    stakeholder,
    defaultRole: merged(before.defaultRole, draft.defaultRole, now.defaultRole),
    participants: isForOne ? [] : mergedList(before.participants, draft.participants, now.participants, entry => entry.userId),
    groups: isForOne ? [] : mergedList(before.groups, draft.groups, now.groups, entry => entry.groupId),
    externalObjects: mergedList<ConversationDraft["externalObjects"][number]>(before.externalObjects, draft.externalObjects, now.externalObjects, object => object.id),
  }, now);
}
