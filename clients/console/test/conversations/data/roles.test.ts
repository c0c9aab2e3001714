import { ConversationRole, Stakeholder } from "realtime-sessions";
import { expect, test } from "vitest";
import { SpaceRole } from "../../../src/conversations/data/resources";
import { participantsOf, participation, type Place } from "../../../src/conversations/data/roles";
import { conversation } from "../../support/conversation";

const { Editor, Viewer, CollaborationComplete } = ConversationRole;
const members = [1, 2, 3, 4, 5].map(userId => ({ userId, role: userId === 5 ? SpaceRole.Owner : SpaceRole.Participant }));
const group = (groupId: number, ...userIds: number[]) => ({ groupId, spaceId: 7, name: `Group ${groupId}`, userIds });
const place: Place = { space: { spaceId: 7, name: "Space", details: "", updatedAt: 0, members }, groups: [group(1, 2, 3), group(2, 3)] };
const roleOf = (userId: number, rest: Parameters<typeof conversation>[2], where: Place | undefined = place) => participation(conversation(1, 1, { spaceId: 7, ...rest }), where)(userId)?.role;

test("participation_Creator_IsEditor", () => expect(roleOf(1, { participants: [{ userId: 1, role: Viewer }] })).toBe(Editor));

test("participation_OwnEntry_CountsBeforeGroups", () => {
  expect(roleOf(3, { participants: [{ userId: 3, role: CollaborationComplete }], groups: [{ groupId: 1, role: Editor }] })).toBe(CollaborationComplete);
});

test("participation_SeveralGroups_MostPermissiveCounts", () => {
  expect(roleOf(3, { groups: [{ groupId: 1 }, { groupId: 2, role: Editor }] })).toBe(Editor);
  expect(roleOf(2, { groups: [{ groupId: 1 }, { groupId: 2, role: Editor }], defaultRole: CollaborationComplete })).toBe(CollaborationComplete);
});

test("participation_OwnerOfTheSpace_IsEditorWhereHeTakesPart", () => {
  expect(roleOf(5, { participants: [{ userId: 5, role: Viewer }] })).toBe(Editor);
  expect(roleOf(5, {})).toBeUndefined();
});

test("participation_Everyone_HasTheDefault", () => {
  expect(roleOf(4, { stakeholder: Stakeholder.Everyone })).toBe(Viewer);
  expect(roleOf(4, {})).toBeUndefined();
});

test("participation_NoMemberOfTheSpace_SeesNothing", () => expect(roleOf(9, { creatorId: 9, participants: [{ userId: 9 }], stakeholder: Stakeholder.Everyone })).toBeUndefined());

test("participation_InNoSpace_ThoseListed", () => {
  const inNone = conversation(1, 1, { participants: [{ userId: 2 }] });
  expect([1, 2, 3].map(userId => participation(inNone, undefined)(userId)?.role)).toEqual([Editor, Viewer, undefined]);
});

test("participantsOf_Space_AreAllWithTheirReasons", () => {
  const found = participantsOf(conversation(1, 1, { spaceId: 7, stakeholder: Stakeholder.Everyone, participants: [{ userId: 4, role: CollaborationComplete }], groups: [{ groupId: 2, role: Editor }] }), place);
  expect(found.map(({ userId, reason }) => [userId, reason])).toEqual([[1, "creator"], [3, "group"], [5, "owner"], [2, "everyone"], [4, "listed"]]);
});
