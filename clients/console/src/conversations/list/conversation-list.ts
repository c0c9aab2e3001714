import type { Conversation, SpaceEvent } from "realtime-sessions";
import type { Page } from "../data/conversations-api";

/** A conversation as it stands in a list. */
export interface ListedConversation {
  readonly conversation: Conversation;
  /** How many comments others have made since it is shown. */
  readonly newComments: number;
}

/** Conversations, those changed last first, as far as they were read. */
export interface ConversationList {
  readonly entries: readonly ListedConversation[];
  /** Where it continues; `undefined`: nowhere, or nothing was read yet. */
  readonly next: string | undefined;
  /** What was heard since a page was asked for: the page may not know of it. `undefined`: none is on its way. */
  readonly heard: readonly SpaceEvent[] | undefined;
}

/** Which conversations belong into a list. */
export type Fits = (conversation: Conversation) => boolean;

export const emptyList: ConversationList = { entries: [], next: undefined, heard: undefined };

/** A page was asked for. */
export function asked(list: ConversationList): ConversationList {
  return { ...list, heard: [] };
}

/** The first page has come, and replaces what was there. What was new stays so. */
export function readAnew(list: ConversationList, page: Page<Conversation>, fits: Fits): ConversationList {
  const before = new Map(list.entries.map(entry => [entry.conversation.conversationId, entry]));
  const { entries } = caughtUp(list, page, fits);
  return {
    entries: entries.map(entry => ({ ...entry, newComments: before.get(entry.conversation.conversationId)?.newComments ?? entry.newComments })),
    next: page.next, heard: undefined,
  };
}

/** The next page has come. */
export function readOn(list: ConversationList, page: Page<Conversation>, fits: Fits): ConversationList {
  const there = new Set(list.entries.map(entry => entry.conversation.conversationId));
  const more = caughtUp(list, page, fits).entries.filter(entry => !there.has(entry.conversation.conversationId));
  return { entries: inOrder([...list.entries, ...more]), next: page.next, heard: undefined };
}

/** No page has come. */
export function notRead(list: ConversationList): ConversationList {
  return { ...list, heard: undefined };
}

/**
 * A space tells of a conversation.
 * @param self Whose own comments are not new to him.
 */
export function heard(list: ConversationList, event: SpaceEvent, fits: Fits, self: number): ConversationList {
  const known = list.heard ? { ...list, heard: [...list.heard, event] } : list;
  return tell(known, event, fits, self);
}

/** A conversation is like this now. What is older than what is there already changes nothing. */
export function put(list: ConversationList, conversation: Conversation, fits: Fits): ConversationList {
  const before = list.entries.find(entry => entry.conversation.conversationId === conversation.conversationId);
  if (before && before.conversation.updatedAt > conversation.updatedAt) return list;
  const { entries, ...rest } = drop(list, conversation.conversationId);
  if (!fits(conversation)) return { entries, ...rest };
  const sorted = inOrder([{ conversation, newComments: before?.newComments ?? 0 }, ...entries]);
  // What comes behind everything that was read is read with its page.
  const isBeyond = list.next !== undefined && sorted.at(-1)!.conversation === conversation;
  return { ...rest, entries: isBeyond ? entries : sorted };
}

/** A conversation is there no longer. */
export function drop(list: ConversationList, conversationId: number): ConversationList {
  return { ...list, entries: list.entries.filter(entry => entry.conversation.conversationId !== conversationId) };
}

function tell(list: ConversationList, event: SpaceEvent, fits: Fits, self: number): ConversationList {
  switch (event.eventType) {
    case "conversation_created":
    case "conversation_updated":
      return put(list, event.conversation, fits);
    case "comment_created":
      return event.userId === self ? list : { ...list, entries: list.entries.map(entry => counted(entry, event.conversationId)) };
    case "conversation_deleted":
    case "conversation_left":
      return drop(list, event.conversationId);
  }
}

function counted(entry: ListedConversation, conversationId: number): ListedConversation {
  return entry.conversation.conversationId === conversationId ? { ...entry, newComments: entry.newComments + 1 } : entry;
}

/** A page, with what was heard while it was on its way. */
function caughtUp(list: ConversationList, page: Page<Conversation>, fits: Fits): ConversationList {
  const read: ConversationList = { entries: page.items.map(conversation => ({ conversation, newComments: 0 })), next: page.next, heard: undefined };
  // Its comments were counted where it was shown before, and are not new where it was not.
  return (list.heard ?? []).reduce((state, event) => (event.eventType === "comment_created" ? state : tell(state, event, fits, 0)), read);
}

function inOrder(entries: readonly ListedConversation[]): readonly ListedConversation[] {
  return [...entries].sort(({ conversation: one }, { conversation: other }) =>
    one.updatedAt === other.updatedAt ? other.conversationId - one.conversationId : one.updatedAt < other.updatedAt ? 1 : -1);
}
