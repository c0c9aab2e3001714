import { expect, test } from "vitest";
import { mentionablesLike, mentionAt, withMention } from "../../../src/conversations/comments/mentions";

const all = [{ name: "Bob Miller", text: "@user:1" }, { name: "carol", text: "@user:2" }, { name: "Bobsled team", text: "@group:3" }];

test.each([["Ask @bo", 7, { at: 4, like: "bo" }], ["@", 1, { at: 0, like: "" }], ["@bob mil", 8, { at: 0, like: "bob mil" }], ["Ask @bo later", 7, { at: 4, like: "bo" }]])(
  "mentionAt_%j_IsBeingWritten", (text, caret, expected) => expect(mentionAt(text, caret)).toEqual(expected));

test.each([["bob@exa", 7], ["Ask @bo", 3], ["@user:14", 8], ["nothing", 7]])("mentionAt_%j_IsNone", (text, caret) => expect(mentionAt(text, caret)).toBeUndefined());

test("mentionablesLike_BeginningOfAnyWord_IsFound", () => {
  expect(mentionablesLike(all, "BOB").map(each => each.name)).toEqual(["Bob Miller", "Bobsled team"]);
  expect(mentionablesLike(all, "mil").map(each => each.name)).toEqual(["Bob Miller"]);
  expect(mentionablesLike(all, "arol")).toEqual([]);
});

test("withMention_InTheMiddle_LeavesTheRest", () => {
  expect(withMention("Ask @bo later", { at: 4, like: "bo" }, all[0]!)).toEqual({ text: "Ask @user:1 later", caret: 12 });
  expect(withMention("Ask @bo", { at: 4, like: "bo" }, all[0]!)).toEqual({ text: "Ask @user:1 ", caret: 12 });
});
