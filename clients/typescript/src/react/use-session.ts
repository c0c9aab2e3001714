import { useEffect, useState } from "react";
import type { RealtimeClient } from "../client/realtime-client.js";
import type { JsonObject } from "../lib/json.js";
import { RealtimeError } from "../protocol/errors.js";
import type { LiveSession } from "../session/live-session.js";
import type { JoinSessionRequest } from "../session/options.js";

/** How joining a session stands. `error` of `left` has the reason in its details. */
export type SessionState<TData extends object> =
  | { readonly status: "joining"; readonly session: undefined; readonly error: undefined }
  | { readonly status: "joined"; readonly session: LiveSession<TData>; readonly error: undefined }
  | { readonly status: "left"; readonly session: LiveSession<TData>; readonly error: RealtimeError }
  | { readonly status: "failed"; readonly session: undefined; readonly error: RealtimeError };

const joining = { status: "joining", session: undefined, error: undefined } as const;

/**
 * Joins a session while the component is mounted. Components that join the same one share it.
 * @param request Which session. Another id leaves the one and joins the other; `conflate` and `presence` hold as they are at that moment.
 */
export function useSession<TData extends object = JsonObject>(client: RealtimeClient, request: JoinSessionRequest): SessionState<TData> {
  const { applicationId, sessionId } = request;
  const [joined, setJoined] = useState<{ readonly of: readonly unknown[]; readonly state: SessionState<TData> }>();
  const of = [client, applicationId, sessionId] as const;

  useEffect(() => {
    const abort = new AbortController();
    const joins = client.joinSession<TData>(request, { signal: abort.signal });
    let isMounted = true;
    let forget: (() => void) | undefined;
    const show = (state: SessionState<TData>) => {
      if (isMounted) setJoined({ of: [client, applicationId, sessionId], state });
    };
    joins.then(
      session => {
        show({ status: "joined", session, error: undefined });
        forget = session.on("left", reason => {
          show({ status: "left", session, error: new RealtimeError("left", `The session was left: ${reason}.`, { reason }) });
        });
      },
      (error: unknown) => show({ status: "failed", session: undefined, error: asRealtimeError(error) }),
    );
    return () => {
      isMounted = false;
      forget?.();
      // After the mounts of this moment: a component that comes in the place of this one takes the session over.
      setTimeout(() => {
        abort.abort();
        joins.then(session => session.leave(), () => undefined);
      });
    };
  }, [client, applicationId, sessionId]);

  return joined && joined.of.every((value, index) => value === of[index]) ? joined.state : joining;
}

function asRealtimeError(error: unknown): RealtimeError {
  return error instanceof RealtimeError ? error : new RealtimeError("unexpected", String(error), {}, { cause: error });
}
