import { useEffect, useState } from "react";
import { Dialog } from "../design/dialog";
import { useHub } from "./hub";

/** What the server has not got yet is lost with the page: the browser asks first. */
export function useLeaveWarning(): void {
  const { client } = useHub();
  useEffect(() => {
    const warn = (event: BeforeUnloadEvent) => {
      if (client.pendingChanges > 0) event.preventDefault();
    };
    addEventListener("beforeunload", warn);
    return () => removeEventListener("beforeunload", warn);
  }, [client]);
}

/** Signs out; asks first where something would be lost with that. */
export function SignOut({ onSignOut }: { readonly onSignOut: () => void }) {
  const { client } = useHub();
  const [unsent, setUnsent] = useState(0);
  return (
    <>
      <button onClick={() => (client.pendingChanges > 0 ? setUnsent(client.pendingChanges) : onSignOut())}>Sign out</button>
      {unsent > 0 && (
        <Dialog title="Sign out?" action="Sign out all the same" isDangerous onSubmit={() => Promise.resolve(onSignOut())} onClose={() => setUnsent(0)}>
          <p>{unsent === 1 ? "One change has" : `${unsent} changes have`} not reached the server yet. What has not when you sign out is lost.</p>
        </Dialog>
      )}
    </>
  );
}
