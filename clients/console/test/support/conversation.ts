import { ConversationRole, Stakeholder, type Conversation } from "realtime-sessions";

/** A conversation of user 1, changed at a second. */
export function conversation(conversationId: number, second = conversationId, rest: Partial<Conversation> = {}): Conversation {
  const updatedAt = new Date(second * 1_000).toISOString();
  return {
    conversationId, name: `Conversation ${conversationId}`, details: "", creatorId: 1, participants: [], groups: [], stakeholder: Stakeholder.Group,
    defaultRole: ConversationRole.Viewer, tags: [], externalObjects: [], createdAt: updatedAt, updatedAt, ...rest,
  };
}
