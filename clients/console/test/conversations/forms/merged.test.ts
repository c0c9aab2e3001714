import { expect, test } from "vitest";
import { differing, merged, mergedList } from "../../../src/conversations/forms/merged";

const list = (text: string) => text.split(" ").filter(Boolean).map(item => ({ id: item[0]!, role: item[1] }));
const written = (items: readonly { id: string; role: string | undefined }[]) => items.map(({ id, role }) => id + (role ?? "")).join(" ");

test("merged_Untouched_IsAsOthersHaveMadeIt", () => expect(merged("a", "a", "b")).toBe("b"));

test("merged_Touched_IsOnesOwn", () => expect(merged("a", "c", "b")).toBe("c"));

test.each([
  ["nothing at all", "a b", "a b", "a b", "a b"],
  ["others add", "a b", "a b", "x a b", "x a b"],
  ["others remove", "a b", "a b", "b", "b"],
  ["one adds", "a", "a c", "a", "a c"],
  ["one removes", "a b", "b", "a b", "b"],
  ["both add", "a", "a c", "a x", "a x c"],
  ["both add the same", "a", "a c1", "a c2", "a c1"],
  ["both remove the same", "a b", "a", "a", "a"],
  ["one changes, others add", "a1 b", "a2 b", "a1 b x", "a2 b x"],
  ["others change, one adds", "a1", "a1 c", "a2", "a2 c"],
  ["both change the same", "a1", "a2", "a3", "a2"],
  ["one changes what others remove", "a1 b", "a2 b", "b", "b"],
  ["one removes what others change", "a1 b", "b", "a2 b", "b"],
])("mergedList_%s_KeepsBoth", (_, before, chosen, now, expected) => {
  expect(written(mergedList(list(before), list(chosen), list(now), item => item.id))).toBe(expected);
});

test("differing_ByValue_AreLeft", () => {
  expect(differing({ name: "n", userIds: [1, 2], details: "d" }, { name: "m", userIds: [1, 2], details: "d", other: true })).toEqual({ name: "n" });
});
