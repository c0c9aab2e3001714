export { useConversation, type ConversationState } from "./use-conversation.js";
export { useApplicationFeed, useSpaceFeed, type FeedHandlers, type FeedState } from "./use-feed.js";
export { useSession, type SessionState } from "./use-session.js";
export { usePresence, useSessionData } from "./use-session-data.js";
export { useSessionList, type SessionListState } from "./use-session-list.js";
export { useSyncStatus } from "./use-told.js";
