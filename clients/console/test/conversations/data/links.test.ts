import { expect, test } from "vitest";
import { targetOf } from "../../../src/conversations/data/links";

test("targetOf_Session_IsItsPage", () => {
  expect(targetOf({ id: "session:demo/welcome", url: "https://elsewhere.example" })).toEqual({ kind: "session", address: "/applications/demo/sessions/welcome" });
});

test("targetOf_Web_IsItsAddress", () => expect(targetOf({ id: "BIM-1", url: "https://example.com/1" })).toEqual({ kind: "web", address: "https://example.com/1" }));

test.each(["javascript:alert(1)", "JaVaScRiPt:alert(1)", " javascript:alert(1)", "data:text/html,x", "vbscript:x", "/relative", undefined])("targetOf_%j_LeadsNowhere", url => {
  expect(targetOf({ id: "x", url })).toEqual({ kind: "none" });
});
