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

/** An event as Alice makes it over the hub. */
export function event(request, eventType, sequence, carries = {}) {
  return { ...request, eventType, sequence, eventId: Guid, createdAt: Time, timestamp: Time, source: "hub", userId: "alice", version: 1, ...carries };
}
