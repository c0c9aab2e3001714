export { useSession, type SessionState } from "./use-session.js";
export { usePresence, useSessionData, useSyncStatus } from "./use-session-data.js";
