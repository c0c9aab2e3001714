import type { RealtimeClient } from "../client/realtime-client.js";
import type { LiveConversation } from "../conversation/live-conversation.js";
import type { ConversationRequest } from "../protocol/conversation-requests.js";
import type { RealtimeError } from "../protocol/errors.js";
import type { ConversationView } from "../replica/conversation/conversation-replica.js";
import { useJoined } from "./use-joined.js";
import { useTold } from "./use-told.js";

/** How joining a conversation stands, and what it looks like. `error` of `left` has the reason in its details. */
export type ConversationState =
  | { readonly status: "joining"; readonly conversation: undefined; readonly view: undefined; readonly error: undefined }
  | { readonly status: "joined"; readonly conversation: LiveConversation; readonly view: ConversationView; readonly error: undefined }
  | { readonly status: "left"; readonly conversation: LiveConversation; readonly view: ConversationView; readonly error: RealtimeError }
  | { readonly status: "failed"; readonly conversation: undefined; readonly view: undefined; readonly error: RealtimeError };

/**
 * Joins a conversation while the component is mounted, and renders when it looks different: `view` has its `info`, `comments` and `hasEarlier`. Components that join the same
 * one share it. Comments that have no answer when the last one is unmounted are sent on, for as long as the client lives: the conversation is left when they are answered.
 * @param request Which conversation. Another id leaves the one and joins the other.
 */
export function useConversation(client: RealtimeClient, request: ConversationRequest): ConversationState {
  const { live: conversation, ...joined } = useJoined(client, [request.conversationId], signal => client.joinConversation(request, { signal }));
  const view = useTold(conversation, "change", live => live.view, undefined);
  return { ...joined, conversation, view } as ConversationState;
}
