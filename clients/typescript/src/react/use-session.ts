import type { RealtimeClient } from "../client/realtime-client.js";
import type { JsonObject } from "../lib/json.js";
import type { RealtimeError } from "../protocol/errors.js";
import type { LiveSession } from "../session/live-session.js";
import type { JoinSessionRequest } from "../session/options.js";
import { useJoined } from "./use-joined.js";

/** How joining a session stands. `error` of `left` has the reason in its details. */
export type SessionState<TData extends object> =
  | { readonly status: "joining"; readonly session: undefined; readonly error: undefined }
  | { readonly status: "joined"; readonly session: LiveSession<TData>; readonly error: undefined }
  | { readonly status: "left"; readonly session: LiveSession<TData>; readonly error: RealtimeError }
  | { readonly status: "failed"; readonly session: undefined; readonly error: RealtimeError };

/**
 * Joins a session while the component is mounted. Components that join the same one share it. Changes that have no answer when the last one is
 * unmounted are sent on, for as long as the client lives: the session is left when they are answered.
 * @param request Which session. Another id leaves the one and joins the other; `conflate` and `presence` hold as they are at that moment.
 */
export function useSession<TData extends object = JsonObject>(client: RealtimeClient, request: JoinSessionRequest): SessionState<TData> {
  const { live: session, ...joined } = useJoined(client, [request.applicationId, request.sessionId], signal => client.joinSession<TData>(request, { signal }));
  return { ...joined, session } as SessionState<TData>;
}
