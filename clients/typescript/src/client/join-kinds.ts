import { ConversationSync } from "../conversation/conversation-sync.js";
import { LiveConversation } from "../conversation/live-conversation.js";
import type { ConversationRequest } from "../protocol/conversation-requests.js";
import { LiveSession } from "../session/live-session.js";
import type { JoinSessionRequest } from "../session/options.js";
import { SessionSync } from "../session/session-sync.js";
import type { SyncContext } from "../sync/options.js";
import type { JoinKind } from "./joins.js";

/** How sessions are joined. */
export function sessionKind(context: SyncContext): JoinKind<JoinSessionRequest, LiveSession> {
  return {
    keyOf: ({ applicationId, sessionId }) => `${applicationId}/${sessionId}`,
    make(request, leave, onLeft) {
      const sync = new SessionSync(request, context);
      sync.events.on("left", onLeft);
      return { sync, live: new LiveSession(sync, context.options, leave) };
    },
  };
}

/** How conversations are joined. */
export function conversationKind(context: SyncContext): JoinKind<ConversationRequest, LiveConversation> {
  return {
    keyOf: ({ conversationId }) => `${conversationId}`,
    make({ conversationId }, leave, onLeft) {
      const sync = new ConversationSync(conversationId, context);
      sync.events.on("left", onLeft);
      return { sync, live: new LiveConversation(sync, leave) };
    },
  };
}
