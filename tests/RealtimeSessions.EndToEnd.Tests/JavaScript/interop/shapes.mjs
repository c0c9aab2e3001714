// The forms of PROTOCOL.md that more than one check needs.
import { Guid, Some, Time } from "./matching.mjs";

export function position(sequence) {
  return { epoch: Some, sequence };
}

export function ack(sequence, more = {}) {
  return { position: position(sequence), count: 1, eventId: Guid, createdAt: Time, duplicate: false, ...more };
}

/** A session as Alice makes it. */
export function session(request, more = {}) {
  return {
    ...request, status: "open", isDraft: true, version: 1, name: "A session", description: "", participants: [{ id: "alice", type: "user" }],
    createdBy: "alice", createdAt: Time, modifiedBy: "alice", modifiedAt: Time, properties: {}, ...more,
  };
}

/** A conversation as Alice makes it. */
export function conversation(conversationId, creatorId, more = {}) {
  return {
    conversationId, name: "A conversation", details: "", creatorId, participants: [], groups: [], stakeholder: 1, defaultRole: 2, tags: [], externalObjects: [],
    createdAt: Time, updatedAt: Time, ...more,
  };
}

/** A comment of somebody's, whose number is told elsewhere. */
export function comment(conversationId, { commentId }, creatorId, content, more = {}) {
  return { commentId, conversationId, creatorId, content, priority: 0, mentions: [], createdAt: Time, ...more };
}

/** An event of a conversation. */
export function conversationEvent(conversationId, eventType, sequence, userId, carries = {}) {
  return { eventType, conversationId, sequence, eventId: Guid, createdAt: Time, timestamp: Time, source: "rest", userId, ...carries };
}

/** An event as Alice makes it over the hub. */
export function event(request, eventType, sequence, carries = {}) {
  return { ...request, eventType, sequence, eventId: Guid, createdAt: Time, timestamp: Time, source: "hub", userId: "alice", version: 1, ...carries };
}
