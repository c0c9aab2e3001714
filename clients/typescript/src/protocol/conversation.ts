/** Whom a conversation is for. */
export const Stakeholder = {
  /** Only for who made it. */
  JustMe: 0,
  /** For the users and groups listed. */
  Group: 1,
  /** For every member of its space. */
  Everyone: 2,
} as const;
export type Stakeholder = (typeof Stakeholder)[keyof typeof Stakeholder];

/** What somebody may do in a conversation; of two, the lower one permits more. */
export const ConversationRole = {
  /** Reads, comments, changes, invites and deletes. */
  Editor: 1,
  /** Reads and comments. */
  Viewer: 2,
  /** Reads. */
  CollaborationComplete: 3,
} as const;
export type ConversationRole = (typeof ConversationRole)[keyof typeof ConversationRole];

/** How important a comment is. */
export const CommentPriority = {
  /** As any other. */
  Normal: 0,
  Important: 1,
} as const;
export type CommentPriority = (typeof CommentPriority)[keyof typeof CommentPriority];

/** A user listed in a conversation. */
export interface UserEntry {
  readonly userId: number;
  /** Default: the conversation's `defaultRole`. */
  readonly role?: ConversationRole;
}

/** A group listed in a conversation. */
export interface GroupEntry {
  readonly groupId: number;
  /** The role of its members. Default: the conversation's `defaultRole`. */
  readonly role?: ConversationRole;
}

/** Something elsewhere that a conversation is linked with. */
export interface ExternalObject {
  /** Its id there, 1 to 200 characters; `session:{applicationId}/{sessionId}`: a session of this hub. */
  readonly id: string;
  /** What it is called, 1 to 200 characters. */
  readonly name: string;
  /** Where it is. Absent: not told. */
  readonly url?: string;
}

/** A conversation, without its comments. Times are ISO 8601 in UTC. */
export interface Conversation {
  /** Its number, from 1. */
  readonly conversationId: number;
  /** 1 to 200 characters. */
  readonly name: string;
  /** At most 4,000 characters; may be empty. */
  readonly details: string;
  /** The space it is in. Absent: none. */
  readonly spaceId?: number;
  /** The user who made it. */
  readonly creatorId: number;
  /** The users listed, each once. */
  readonly participants: readonly UserEntry[];
  /** The groups of the space listed, each once. */
  readonly groups: readonly GroupEntry[];
  /** Whom it is for. */
  readonly stakeholder: Stakeholder;
  /** The role of those who have none by an entry. */
  readonly defaultRole: ConversationRole;
  /** The hashtags of its name, details and comments, without their sign, in lower case, as they came; at most 100. */
  readonly tags: readonly string[];
  /** The records of other systems, and the sessions of this hub, that it is linked with. */
  readonly externalObjects: readonly ExternalObject[];
  readonly createdAt: string;
  /** When it was last changed; comments aside, and the tags that they bring. */
  readonly updatedAt: string;
}

/** A user or a group that is mentioned. */
export type Mention = { readonly userId: number } | { readonly groupId: number };

/** A comment. It never changes. */
export interface Comment {
  /** Its number, from 1; a later comment of the same conversation does not always have a higher one. */
  readonly commentId: number;
  readonly conversationId: number;
  /** The user who made it. */
  readonly creatorId: number;
  /** 1 to 10,000 characters. */
  readonly content: string;
  readonly priority: CommentPriority;
  /** Who is mentioned in it, each once. */
  readonly mentions: readonly Mention[];
  /** When it was made, by the server's clock: ISO 8601 in UTC. */
  readonly createdAt: string;
}

/** A comment, and where in the conversation's order it stands. */
export interface PlacedComment {
  /** The sequence of its event. */
  readonly sequence: number;
  readonly comment: Comment;
  /** Under what its maker sent it, where that was given: so he knows it, whether or not he has heard an answer. */
  readonly writerId?: string;
  readonly writerSequence?: number;
}
