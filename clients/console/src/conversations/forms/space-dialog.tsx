import { useState } from "react";
import { Dialog } from "../../design/dialog";
import { Field } from "../../design/field";
import { useDirectory } from "../data/directory";
import type { Space } from "../data/resources";
import { differing } from "./merged";

interface SpaceDialogProps {
  /** The one to be changed. Absent: one is made. */
  readonly space?: Space;
  readonly onDone: (spaceId: number) => void;
  readonly onClose: () => void;
}

/** Makes a space, or changes one. */
export function SpaceDialog({ space: given, onDone, onClose }: SpaceDialogProps) {
  const { api } = useDirectory();
  // As it was when one began: what others change meanwhile is not changed back.
  const [space] = useState(given);

  async function submit(form: FormData): Promise<number> {
    const chosen = { name: String(form.get("name")).trim(), details: String(form.get("details")).trim() };
    return space ? change(space, chosen) : (await api.createSpace(chosen)).spaceId;
  }

  async function change(space: Space, chosen: Pick<Space, "name" | "details">): Promise<number> {
    const changes = differing(chosen, space);
    if (Object.keys(changes).length > 0) await api.changeSpace(space.spaceId, changes);
    return space.spaceId;
  }

  return (
    <Dialog title={space ? "Change the space" : "New space"} action={space ? "Save" : "Make it"} onSubmit={submit} onDone={onDone} onClose={onClose}>
      <Field label="Name"><input name="name" required maxLength={200} defaultValue={space?.name} autoFocus autoComplete="off" /></Field>
      <Field label="Details"><textarea name="details" rows={3} maxLength={4_000} defaultValue={space?.details} /></Field>
    </Dialog>
  );
}
