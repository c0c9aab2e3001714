import type { LiveSession } from "realtime-sessions";
import { HereNow } from "./here-now";
import { Participants } from "./participants";

/** Who is here just now, and who takes part. */
export function PeoplePanel({ session, isOpen }: { readonly session: LiveSession; readonly isOpen: boolean }) {
  return (
    <div className="panel-body stack">
      <HereNow session={session} />
      <Participants session={session} isOpen={isOpen} />
    </div>
  );
}
