import type { LiveSessionList } from "../application/live-session-list.js";
import type { WatchSessionsRequest } from "../application/session-list-sync.js";
import type { RealtimeClient } from "../client/realtime-client.js";
import type { RealtimeError } from "../protocol/errors.js";
import type { SessionListView } from "../replica/session/session-list.js";
import { useJoined } from "./use-joined.js";
import { useTold } from "./use-told.js";

/** How watching a list stands, and what it shows. `error` of `left` has the reason in its details. */
export type SessionListState =
  | { readonly status: "joining"; readonly list: undefined; readonly view: undefined; readonly error: undefined }
  | { readonly status: "joined"; readonly list: LiveSessionList; readonly view: SessionListView; readonly error: undefined }
  | { readonly status: "left"; readonly list: LiveSessionList; readonly view: SessionListView; readonly error: RealtimeError }
  | { readonly status: "failed"; readonly list: undefined; readonly view: undefined; readonly error: RealtimeError };

/**
 * Lists sessions while the component is mounted, and renders when the list changes: `view` has its `sessions` and `hasMore`. Each component has a list of its own.
 * @param request Which sessions, by value. Other ones leave the one list and make another.
 */
export function useSessionList(client: RealtimeClient, request: WatchSessionsRequest): SessionListState {
  const { applicationId, status, properties, limit } = request;
  const { live: list, ...joined } = useJoined(
    client, [applicationId, status, JSON.stringify(Object.entries(properties ?? {}).sort()), limit], signal => client.watchSessions(request, { signal }),
  );
  const view = useTold(list, "change", live => live.view, undefined);
  return { ...joined, list, view } as SessionListState;
}
