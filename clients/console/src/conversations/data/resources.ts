import type { Conversation, ConversationRole, ExternalObject, GroupEntry, Stakeholder, UserEntry } from "realtime-sessions";

/** What a member may do in a space. */
export const SpaceRole = {
  /** Changes it, its members and its groups. */
  Owner: 1,
  /** Holds conversations. */
  Participant: 2,
} as const;
export type SpaceRole = (typeof SpaceRole)[keyof typeof SpaceRole];

/** Somebody, as people know each other who share a space. */
export interface Person {
  readonly userId: number;
  readonly name: string;
  readonly email?: string;
}

/** A space, with its members. */
export interface Space {
  readonly spaceId: number;
  readonly name: string;
  readonly details: string;
  /** When it was last changed, in milliseconds since 1970; its members and groups aside. */
  readonly updatedAt: number;
  readonly members: readonly { readonly userId: number; readonly role: SpaceRole }[];
}

/** Members of a space under a name. */
export interface Group {
  readonly groupId: number;
  readonly spaceId: number;
  readonly name: string;
  readonly userIds: readonly number[];
}

/** What one chooses of a conversation. */
export interface ConversationDraft extends Pick<Conversation, "name" | "details" | "stakeholder" | "defaultRole" | "participants" | "groups"> {
  /** Only where it is made. Absent: in none. */
  readonly spaceId?: number;
  /** The content of its first comment; only where it is made. */
  readonly initialComment?: string;
  /** What has no name gets one from the server. */
  readonly externalObjects: readonly (Pick<ExternalObject, "id"> & Partial<ExternalObject>)[];
}

export interface PersonResource {
  readonly id: number;
  readonly name: string;
  readonly email?: string;
}

export interface SpaceResource {
  readonly id: number;
  readonly name: string;
  readonly details: string;
  readonly updated_at: number;
  readonly participants: readonly { readonly user_id: number; readonly role: SpaceRole }[];
}

export interface GroupResource {
  readonly id: number;
  readonly space_id: number;
  readonly name: string;
  readonly user_ids: readonly number[];
}

export interface ConversationResource {
  readonly id: number;
  readonly name: string;
  readonly details: string;
  readonly space_id?: number;
  readonly creator_id: number;
  readonly participants: readonly { readonly user_id: number; readonly role?: ConversationRole }[];
  readonly groups: readonly { readonly group_id: number; readonly role?: ConversationRole }[];
  readonly stakeholder: Stakeholder;
  readonly default_role: ConversationRole;
  readonly tags: readonly string[];
  readonly external_objects: readonly ExternalObject[];
  readonly created_at: number;
  readonly updated_at: number;
}

export function readPerson({ id, name, email }: PersonResource): Person {
  return { userId: id, name, ...(email !== undefined && { email }) };
}

export function readSpace({ id, name, details, updated_at, participants }: SpaceResource): Space {
  return { spaceId: id, name, details, updatedAt: updated_at, members: participants.map(({ user_id: userId, role }) => ({ userId, role })) };
}

export function readGroup({ id, space_id, name, user_ids }: GroupResource): Group {
  return { groupId: id, spaceId: space_id, name, userIds: user_ids };
}

/** A conversation of the REST API as the hub shows it. */
export function readConversation({ id, space_id, creator_id, participants, groups, default_role, external_objects, created_at, updated_at, ...same }: ConversationResource): Conversation {
  const { name, details, stakeholder, tags } = same;
  return {
    conversationId: id, name, details, stakeholder, tags, ...(space_id !== undefined && { spaceId: space_id }), creatorId: creator_id,
    participants: participants.map(({ user_id: userId, role }): UserEntry => ({ userId, ...(role && { role }) })),
    groups: groups.map(({ group_id: groupId, role }): GroupEntry => ({ groupId, ...(role && { role }) })),
    defaultRole: default_role, externalObjects: external_objects, createdAt: new Date(created_at).toISOString(), updatedAt: new Date(updated_at).toISOString(),
  };
}

/** What one chooses, as the REST API takes it. */
export function writeDraft({ spaceId, defaultRole, initialComment, participants, groups, externalObjects, ...same }: Partial<ConversationDraft>): object {
  return {
    ...same,
    space_id: spaceId, default_role: defaultRole, initial_comment: initialComment,
    // The server knows where its sessions are.
    external_objects: externalObjects?.map(({ url, ...object }) => (object.id.startsWith("session:") || url === undefined ? object : { ...object, url })),
    participants: participants?.map(({ userId, role }) => ({ user_id: userId, role })),
    groups: groups?.map(({ groupId, role }) => ({ group_id: groupId, role })),
  };
}
