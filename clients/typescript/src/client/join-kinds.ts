import { ApplicationFeed } from "../application/application-feed.js";
import { ApplicationWatch, type Properties } from "../application/application-watch.js";
import { ConversationSync } from "../conversation/conversation-sync.js";
import { LiveConversation } from "../conversation/live-conversation.js";
import { SpaceFeed } from "../conversation/space-feed.js";
import { SpaceWatch } from "../conversation/space-watch.js";
import type { ConversationRequest, SpaceRequest } from "../protocol/conversation-requests.js";
import type { ApplicationRequest } from "../protocol/methods.js";
import { LiveSession } from "../session/live-session.js";
import type { JoinSessionRequest } from "../session/options.js";
import { SessionSync } from "../session/session-sync.js";
import type { SyncContext } from "../sync/options.js";
import type { JoinKind } from "./joins.js";

/** How sessions are joined. */
export function sessionKind(context: SyncContext): JoinKind<JoinSessionRequest, LiveSession, SessionSync> {
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

/** Which application to watch, and for what. */
export interface ApplicationInterest extends ApplicationRequest {
  /** That the sessions are to have. */
  readonly properties: Properties;
}

/** How applications are watched. */
export function applicationKind(context: SyncContext): JoinKind<ApplicationInterest, ApplicationFeed, ApplicationWatch> {
  return {
    keyOf: ({ applicationId }) => applicationId,
    make({ applicationId, properties }, leave, onLeft) {
      const sync = new ApplicationWatch(applicationId, properties, context);
      sync.events.on("left", onLeft);
      return { sync, live: new ApplicationFeed(sync, leave) };
    },
    share: (sync, { properties }) => sync.admit(properties),
  };
}

/** How spaces are watched. */
export function spaceKind(context: SyncContext): JoinKind<SpaceRequest, SpaceFeed> {
  return {
    keyOf: ({ spaceId }) => `${spaceId}`,
    make({ spaceId }, leave, onLeft) {
      const sync = new SpaceWatch(spaceId, context);
      sync.events.on("left", onLeft);
      return { sync, live: new SpaceFeed(sync, leave) };
    },
  };
}
