import { Dialog } from "../../design/dialog";
import { Field } from "../../design/field";
import { useDirectory } from "../data/directory";
import type { Space } from "../data/resources";

interface SpaceDialogProps {
  /** The one to be changed. Absent: one is made. */
  readonly space?: Space;
  readonly onDone: (spaceId: number) => void;
  readonly onClose: () => void;
}

/** Makes a space, or changes one. */
export function SpaceDialog({ space, onDone, onClose }: SpaceDialogProps) {
  const { api } = useDirectory();

  async function submit(form: FormData) {
    const chosen = { name: String(form.get("name")).trim(), details: String(form.get("details")).trim() };
    if (space) await api.changeSpace(space.spaceId, chosen);
    onDone(space?.spaceId ?? (await api.createSpace(chosen)).spaceId);
  }

  return (
    <Dialog title={space ? "Change the space" : "New space"} action={space ? "Save" : "Make it"} onSubmit={submit} onClose={onClose}>
      <Field label="Name"><input name="name" required maxLength={200} defaultValue={space?.name} autoFocus autoComplete="off" /></Field>
      <Field label="Details"><textarea name="details" rows={3} maxLength={4_000} defaultValue={space?.details} /></Field>
    </Dialog>
  );
}
