import type { Session } from "realtime-sessions";
import { useHub } from "../app/hub";
import { Dialog } from "../design/dialog";

interface EndDialogProps {
  readonly session: Session;
  readonly what: "close" | "delete";
  readonly onClose: () => void;
  /** It is done. */
  readonly onDone?: () => void;
}

/** Asks before a session ends. */
export function EndDialog({ session, what, onClose, onDone }: EndDialogProps) {
  const { client } = useHub();
  const { applicationId, sessionId, name } = session;
  const isDeleting = what === "delete";
  async function end() {
    await (isDeleting ? client.deleteSession({ applicationId, sessionId }) : client.closeSession({ applicationId, sessionId }));
    onDone?.();
  }
  return (
    <Dialog title={`${isDeleting ? "Delete" : "Close"} “${name}”?`} action={isDeleting ? "Delete for good" : "Close the session"} isDangerous={isDeleting} onSubmit={end} onClose={onClose}>
      <p>{isDeleting ? "Its data and its history are gone for everybody, and its id is never used again." : "From then on it can only be read, and not be opened again."}</p>
    </Dialog>
  );
}
