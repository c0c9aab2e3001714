import type { Conversation, SpaceEvent } from "realtime-sessions";
import { expect, test } from "vitest";
import { asked, drop, emptyList, heard, put, readAnew, readOn, type ConversationList } from "../../../src/conversations/list/conversation-list";
import { conversation } from "../../support/conversation";

const all = () => true;
const self = 1;
const ids = (list: ConversationList) => list.entries.map(entry => entry.conversation.conversationId);
const news = (list: ConversationList) => list.entries.map(entry => entry.newComments);
const read = (items: readonly Conversation[], next?: string) => readAnew(asked(emptyList), { items, next }, all);
const of = (event: object) => ({ feed: { epoch: "e", sequence: 1 }, ...event }) as SpaceEvent;
const updated = (changed: Conversation) => of({ eventType: "conversation_updated", conversationId: changed.conversationId, conversation: changed });
const commented = (conversationId: number, userId: number) => of({ eventType: "comment_created", conversationId, userId });
const deleted = (conversationId: number) => of({ eventType: "conversation_deleted", conversationId });
const hear = (list: ConversationList, event: SpaceEvent, fits = all as (of: Conversation) => boolean) => heard(list, event, fits, self);

test("heard_Created_ComesFirst", () => {
  const created = of({ eventType: "conversation_created", conversationId: 9, conversation: conversation(9) });
  expect(ids(hear(read([conversation(5), conversation(4)]), created))).toEqual([9, 5, 4]);
});

test("heard_Updated_MovesToItsPlace", () => {
  const list = hear(read([conversation(5), conversation(4)]), updated(conversation(4, 8, { name: "Renamed" })));
  expect(ids(list)).toEqual([4, 5]);
  expect(list.entries[0]!.conversation.name).toBe("Renamed");
});

test("heard_OlderThanWhatIsThere_ChangesNothing", () => {
  const list = read([conversation(5, 7)]);
  expect(hear(list, updated(conversation(5, 6)))).toBe(list);
});

test("heard_DeletedOrLeft_IsGone", () => {
  const list = read([conversation(5), conversation(4), conversation(3)]);
  expect(ids(hear(hear(list, deleted(4)), of({ eventType: "conversation_left", conversationId: 3, reason: "access_revoked" })))).toEqual([5]);
});

test("heard_FitsNoLonger_IsGone", () => {
  expect(ids(hear(read([conversation(5)]), updated(conversation(5, 6)), each => each.externalObjects.length > 0))).toEqual([]);
});

test("heard_CommentOfSomebodyElse_IsCounted", () => {
  const list = [commented(5, 2), commented(5, self), commented(5, 3), commented(77, 2)].reduce((state, event) => hear(state, event), read([conversation(5), conversation(4)]));
  expect(news(list)).toEqual([2, 0]);
});

test("heard_BehindWhatWasRead_WaitsForItsPage", () => {
  expect(ids(hear(read([conversation(9), conversation(8)], "?after=x"), updated(conversation(3))))).toEqual([9, 8]);
  expect(ids(hear(read([conversation(9), conversation(8)]), updated(conversation(3))))).toEqual([9, 8, 3]);
});

test("readAnew_WhatWasHeardMeanwhile_Holds", () => {
  const waiting = [updated(conversation(6)), deleted(4)].reduce((list, event) => hear(list, event), asked(read([conversation(5), conversation(4)])));
  expect(ids(readAnew(waiting, { items: [conversation(5), conversation(4)], next: undefined }, all))).toEqual([6, 5]);
});

test("readAnew_NewComments_StayNew", () => {
  const list = hear(asked(hear(read([conversation(5), conversation(4)]), commented(4, 2))), commented(4, 2));
  expect(news(readAnew(list, { items: [conversation(5), conversation(4)], next: undefined }, all))).toEqual([0, 2]);
});

test("readOn_WhatIsThereAlready_StandsOnce", () => {
  const first = hear(asked(read([conversation(9), conversation(8)], "?after=x")), updated(conversation(7, 10)));
  const list = readOn(first, { items: [conversation(8), conversation(7), conversation(6)], next: undefined }, all);
  expect(ids(list)).toEqual([7, 9, 8, 6]);
  expect(list.next).toBeUndefined();
});

test("readOn_DeletedMeanwhile_IsNotShown", () => {
  expect(ids(readOn(hear(asked(read([conversation(9)], "?after=x")), deleted(7)), { items: [conversation(8), conversation(7)], next: undefined }, all))).toEqual([9, 8]);
});

test("putAndDrop_OwnChange_IsThereAtOnce", () => {
  const list = put(read([conversation(5)]), conversation(6), all);
  expect([ids(list), ids(drop(list, 5))]).toEqual([[6, 5], [6]]);
});
