import { expect, test } from "vitest";
import { partsOf } from "../../../src/conversations/comments/text-parts";

const kinds = (text: string) => partsOf(text).map(part => `${part.kind}:${part.text}`);

test("partsOf_MentionsAndTags_AreParts", () => {
  expect(partsOf("Seen, @user:14: ask @group:11 and @user:bob@example.com #Roof_2!")).toEqual([
    { kind: "text", text: "Seen, " },
    { kind: "user", text: "@user:14", userId: 14 },
    { kind: "text", text: ": ask " },
    { kind: "group", text: "@group:11", groupId: 11 },
    { kind: "text", text: " and " },
    { kind: "mailbox", text: "@user:bob@example.com", email: "bob@example.com" },
    { kind: "text", text: " " },
    { kind: "tag", text: "#Roof_2", tag: "roof_2" },
    { kind: "text", text: "!" },
  ]);
});

test.each([
  "bob@example.com", "@user:0", "@user:14x", "@users:14", "x@user:14", "a#b", "&#39;", "https://example.com/#part", "#1", "##", "@user:", "@group:bob@example.com",
])("partsOf_%s_IsText", text => expect(kinds(text)).toEqual([`text:${text}`]));

test("partsOf_LettersOfAnyScript_MakeTags", () => {
  expect(kinds("#größe #крыша #屋根")).toEqual(["tag:#größe", "text: ", "tag:#крыша", "text: ", "tag:#屋根"]);
});

test.each(["", "plain", "<script>alert(1)</script> @user:1 #x", "@user:1@user:2", "line\n\n#end"])("partsOf_%j_IsTheTextAgainTogether", text => {
  expect(partsOf(text).map(part => part.text).join("")).toBe(text);
});
