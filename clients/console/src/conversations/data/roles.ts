import { ConversationRole, Stakeholder, type Conversation } from "realtime-sessions";
import { SpaceRole, type Group, type Space } from "./resources";

/** Where a conversation is held, as far as it decides who takes part. */
export interface Place {
  readonly space: Space;
  readonly groups: readonly Group[];
}

/** Somebody who takes part, and why. */
export interface Participant {
  readonly userId: number;
  readonly role: ConversationRole;
  readonly reason: "creator" | "owner" | "listed" | "group" | "everyone";
}

export const roleNames = {
  [ConversationRole.Editor]: "Editor",
  [ConversationRole.Viewer]: "Viewer",
  [ConversationRole.CollaborationComplete]: "Complete",
} as const;

/** What the roles may do, for whoever has to choose one. */
export const roleHints = {
  [ConversationRole.Editor]: "Editor: changes, invites, comments",
  [ConversationRole.Viewer]: "Viewer: reads and comments",
  [ConversationRole.CollaborationComplete]: "Complete: reads only",
} as const;

export const stakeholderNames = {
  [Stakeholder.JustMe]: "Just who made it",
  [Stakeholder.Group]: "People listed",
  [Stakeholder.Everyone]: "Everyone in the space",
} as const;

/**
 * How people take part: one's own entry counts, else the most permissive of one's groups', else the default. Who made it is an editor, and so is an owner of its space.
 * @param place The space that it is in; `undefined`: none.
 * @returns Answers for one person; `undefined`: he does not see it.
 */
export function participation({ creatorId, participants, groups, stakeholder, defaultRole }: Conversation, place: Place | undefined): (userId: number) => Participant | undefined {
  const members = place && new Map(place.space.members.map(member => [member.userId, member.role]));
  const own = new Map(participants.map(entry => [entry.userId, entry.role ?? defaultRole]));
  const ofGroups = new Map<number, ConversationRole>();
  for (const { groupId, role = defaultRole } of groups) {
    for (const userId of place?.groups.find(group => group.groupId === groupId)?.userIds ?? []) {
      ofGroups.set(userId, Math.min(role, ofGroups.get(userId) ?? role) as ConversationRole);
    }
  }
  return userId => {
    const listed = own.get(userId);
    const grouped = ofGroups.get(userId);
    if (members && !members.has(userId)) return undefined;
    if (creatorId === userId) return { userId, role: ConversationRole.Editor, reason: "creator" };
    if (!listed && !grouped && stakeholder !== Stakeholder.Everyone) return undefined;
    if (members?.get(userId) === SpaceRole.Owner) return { userId, role: ConversationRole.Editor, reason: "owner" };
    if (listed) return { userId, role: listed, reason: "listed" };
    return grouped ? { userId, role: grouped, reason: "group" } : { userId, role: defaultRole, reason: "everyone" };
  };
}

/** Everybody who takes part: whoever may do most first. */
export function participantsOf(conversation: Conversation, place: Place | undefined): readonly Participant[] {
  const candidates = place ? place.space.members.map(member => member.userId) : [...new Set([conversation.creatorId, ...conversation.participants.map(entry => entry.userId)])];
  const found = candidates.flatMap(participation(conversation, place));
  return found.filter(each => each !== undefined).sort((one, other) => one.role - other.role || one.userId - other.userId);
}
