import { applicationEventCallbacks } from "./application-event.js";
import { conversationEventCallbacks } from "./conversation-event.js";
import { eventCallbacks } from "./session-event.js";
import { spaceEventCallbacks } from "./space-event.js";

/** Everything that the server calls on a client. */
export const callbacks: ReadonlySet<string> = new Set([
  ...Object.values(eventCallbacks), "SessionReset", "SessionLeft", "SessionPresence", "SessionPresenceUpdated", "SessionSignal",
  ...Object.values(applicationEventCallbacks), "FeedReset", "FeedPosition", "FeedLeft",
  ...Object.values(conversationEventCallbacks), "ConversationReset", "ConversationLeft",
  ...Object.values(spaceEventCallbacks), "SpaceFeedReset", "SpaceFeedPosition", "SpaceFeedLeft",
]);
