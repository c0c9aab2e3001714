import { describe, expect, test } from "vitest";
import { copyJson } from "../../src/lib/content.js";
import { freezeJson, sameJson, shareJson, type Json, type JsonObject } from "../../src/lib/json.js";
import { diffPatch, mergePatch } from "../../src/lib/merge-patch.js";
import { leavesOf, restore } from "../../src/replica/session/leaves.js";
import { readVectors } from "../support/vectors.js";

type Texts<Name extends string> = { readonly name: string } & Record<Name, string>;

const vectors = readVectors<{ apply: Texts<"target" | "patch" | "result">[]; invert: Texts<"before" | "patch" | "inverse">[] }>("merge-patch.json");
const read = (text: string) => freezeJson(JSON.parse(text) as Json);

/** Canonical: members in order, `__proto__` a member like any other. */
const write = (value: Json): string =>
  typeof value !== "object" || value === null
    ? JSON.stringify(value)
    : Array.isArray(value)
      ? `[${value.map(write).join()}]`
      : `{${Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, member]) => `${JSON.stringify(name)}:${write(member)}`).join()}}`;

describe("mergePatch", () => {
  test.each(vectors.apply)("$name", ({ target, patch, result }) => {
    expect(write(mergePatch(read(target), read(patch)))).toBe(write(read(result)));
  });

  test("mergePatch_OfWhatIsThereAlready_IsTheTarget", () => {
    const target = read('{"a":{"b":[1,{"c":2}]},"d":"x"}');
    expect(mergePatch(target, read('{"a":{"b":[1,{"c":2}]},"e":null}'))).toBe(target);
  });

  test("mergePatch_OfOneMember_SharesTheOthers", () => {
    const target = read('{"a":{"b":1},"c":{"d":1}}') as { a: Json; c: Json };
    const result = mergePatch(target as unknown as JsonObject, { a: { b: 2 } }) as unknown as typeof target;
    expect(result.c).toBe(target.c);
    expect(Object.isFrozen(result)).toBe(true);
  });
});

describe("diffPatch", () => {
  const objects = vectors.apply.filter(({ target, result }) => target.startsWith("{") && result.startsWith("{") && !target.includes("null"));
  test.each(objects)("$name: there and back", ({ target, result }) => {
    const [from, to] = [read(target) as JsonObject, read(result) as JsonObject];
    expect(write(mergePatch(from, diffPatch(from, to)))).toBe(write(to));
    expect(write(mergePatch(to, diffPatch(to, from)))).toBe(write(from));
  });
});

describe("restore", () => {
  const objects = vectors.invert.filter(({ before, patch }) => before.startsWith("{") && patch.startsWith("{"));
  test.each(objects)("$name", ({ before, patch, inverse }) => {
    const from = read(before) as JsonObject;
    const after = mergePatch(from, read(patch) as JsonObject);
    const leaves = leavesOf(from, read(patch) as JsonObject);
    const restored = (leaves ? restore(after, leaves) : after) as JsonObject;
    expect(write(restored)).toBe(write(from));
    expect(write(mergePatch(after, read(inverse)))).toBe(write(restored));
  });
});

describe("shareJson", () => {
  test("shareJson_OfEqualParts_KeepsThem", () => {
    const previous = read('{"a":{"b":[1]},"c":{"d":1}}') as { a: Json; c: Json };
    const shared = shareJson(previous as unknown as Json, read('{"a":{"b":[1]},"c":{"d":2}}')) as unknown as typeof previous;
    expect(shared.a).toBe(previous.a);
    expect(shared.c).toEqual({ d: 2 });
    expect(shareJson(previous as unknown as Json, copyJson(previous, 9))).toBe(previous);
  });

  test("sameJson_OfProtoMembers_ComparesThem", () => {
    expect(sameJson(read('{"__proto__":1}'), read('{"__proto__":2}'))).toBe(false);
    expect(sameJson(read('{"__proto__":{}}'), read("{}"))).toBe(false);
  });
});
