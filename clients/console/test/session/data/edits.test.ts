import { describe, expect, it } from "vitest";
import type { Json, JsonObject } from "realtime-sessions";
import { appendAt, patchAt, renameAt } from "../../../src/session/data/edits";

const data: JsonObject = { title: "Plans", shapes: { a: { x: 1, y: 2 }, b: {} }, list: [1, { deep: [2, 3], keep: true }] };

/** RFC 7396, as its appendix has it. */
function merged(target: Json | undefined, patch: Json): Json {
  if (typeof patch !== "object" || patch === null || Array.isArray(patch)) return patch;
  const result: Record<string, Json> = typeof target === "object" && target !== null && !Array.isArray(target) ? { ...(target as JsonObject) } : {};
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) delete result[name];
    else result[name] = merged(result[name], value);
  }
  return result;
}

describe("patchAt", () => {
  it.each<[string, readonly (string | number)[], Json | undefined, JsonObject]>([
    ["a value", ["title"], "New", { title: "New" }],
    ["a nested value", ["shapes", "a", "x"], 5, { shapes: { a: { x: 5 } } }],
    ["a new name", ["shapes", "c"], { x: 1 }, { shapes: { c: { x: 1 } } }],
    ["a removal", ["shapes", "a"], undefined, { shapes: { a: null } }],
    ["an element", ["list", 0], 9, { list: [9, { deep: [2, 3], keep: true }] }],
    ["an element's removal", ["list", 0], undefined, { list: [{ deep: [2, 3], keep: true }] }],
    ["something in an array in an array", ["list", 1, "deep", 1], 7, { list: [1, { deep: [2, 7], keep: true }] }],
    ["a removal within an array", ["list", 1, "keep"], undefined, { list: [1, { deep: [2, 3] }] }],
  ])("patches %s", (_, path, value, patch) => {
    expect(patchAt(data, path, value)).toEqual(patch);
  });

  it("replaces an object whole", () => {
    expect(merged(data, patchAt(data, ["shapes", "a"], { y: 2, z: 3 }))).toEqual({ ...data, shapes: { a: { y: 2, z: 3 }, b: {} } });
  });

  it("patches names of Object's prototype as names", () => {
    expect(merged(data, patchAt(data, ["constructor"], 1))).toEqual({ ...data, constructor: 1 });
    expect(patchAt(data, ["toString", "x"].slice(0, 1), "t")).toEqual({ toString: "t" });
  });
});

describe("renameAt", () => {
  it.each<[readonly (string | number)[], Json]>([
    [["title"], { name: "Plans", shapes: data["shapes"]!, list: data["list"]! }],
    [["shapes", "a"], { ...data, shapes: { name: { x: 1, y: 2 }, b: {} } }],
    [["list", 1, "keep"], { ...data, list: [1, { deep: [2, 3], name: true }] }],
  ])("moves the value of %j to its new name", (path, expected) => {
    expect(merged(data, renameAt(data, path, "name"))).toEqual(expected);
  });
});

describe("appendAt", () => {
  it("adds at the end", () => {
    expect(merged(data, appendAt(data, ["list", 1, "deep"], 4))).toEqual({ ...data, list: [1, { deep: [2, 3, 4], keep: true }] });
  });
});
