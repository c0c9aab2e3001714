import { ConversationRole, Stakeholder, type Conversation } from "realtime-sessions";
import { useState } from "react";
import { Dialog } from "../../design/dialog";
import { Field } from "../../design/field";
import { useDirectory, usePlace } from "../data/directory";
import type { ConversationDraft, Space } from "../data/resources";
import { roleHints, stakeholderNames } from "../data/roles";
import { EntriesField } from "./entries-field";
import { LinksField } from "./links-field";

interface ConversationDialogProps {
  /** The one to be changed. Absent: one is made. */
  readonly conversation?: Conversation;
  /** The spaces that a new one can be made in: the only one, or one of them or none. */
  readonly spaces?: readonly Pick<Space, "spaceId" | "name">[];
  /** Whether a new one must be in the space. Default false. */
  readonly isInSpace?: boolean;
  /** What a new one is linked with. Default: nothing. */
  readonly links?: ConversationDraft["externalObjects"];
  readonly onDone: (conversation: Conversation) => void;
  readonly onClose: () => void;
}

/** Makes a conversation, or changes one. */
export function ConversationDialog({ conversation: before, spaces = [], isInSpace = false, links: given = [], onDone, onClose }: ConversationDialogProps) {
  const { api } = useDirectory();
  const [spaceId, setSpaceId] = useState(before?.spaceId ?? (isInSpace ? spaces[0]?.spaceId : undefined));
  const [stakeholder, setStakeholder] = useState<Stakeholder>(before?.stakeholder ?? Stakeholder.Group);
  const [entries, setEntries] = useState({ participants: before?.participants ?? [], groups: before?.groups ?? [] });
  const [links, setLinks] = useState<ConversationDraft["externalObjects"]>(before?.externalObjects ?? given);
  const place = usePlace(spaceId);
  const listed = stakeholder === Stakeholder.JustMe ? { participants: [], groups: [] } : entries;

  async function submit(form: FormData) {
    const text = (name: string) => String(form.get(name) ?? "").trim();
    const draft: ConversationDraft = {
      name: text("name"), details: text("details"), stakeholder, defaultRole: Number(text("defaultRole")) as ConversationRole, ...listed, externalObjects: links,
      ...(spaceId !== undefined && { spaceId }), ...(text("comment") && { initialComment: text("comment") }),
    };
    onDone(before ? await api.changeConversation(before.conversationId, changesOf(before, draft)) : await api.createConversation(draft));
  }

  function choose(space: number | undefined) {
    setSpaceId(space);
    setEntries({ participants: [], groups: [] });
    if (space === undefined && stakeholder === Stakeholder.Everyone) setStakeholder(Stakeholder.Group);
  }

  return (
    <Dialog title={before ? "Change the conversation" : "New conversation"} action={before ? "Save" : "Begin it"} onSubmit={submit} onClose={onClose}>
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

/** What differs: the server takes everything else as it is, also what one may not link oneself. */
function changesOf(before: Conversation, { spaceId: _, ...draft }: ConversationDraft): Partial<ConversationDraft> {
  const same = (name: keyof typeof draft) => JSON.stringify(draft[name]) === JSON.stringify(before[name as keyof Conversation]);
  return Object.fromEntries(Object.entries(draft).filter(([name]) => !same(name as keyof typeof draft)));
}
