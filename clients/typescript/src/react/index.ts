export { useConversation, type ConversationState } from "./use-conversation.js";
export { useSession, type SessionState } from "./use-session.js";
export { usePresence, useSessionData } from "./use-session-data.js";
export { useSyncStatus } from "./use-told.js";
