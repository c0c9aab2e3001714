import { conversationEventCallbacks } from "./conversation-event.js";
import { eventCallbacks } from "./session-event.js";

/** Everything that the server calls on a client. */
export const callbacks: readonly string[] = [
  ...Object.values(eventCallbacks), "SessionReset", "SessionLeft", "SessionPresence", "SessionPresenceUpdated", "SessionSignal",
  ...Object.values(conversationEventCallbacks), "ConversationReset", "ConversationLeft",
];
