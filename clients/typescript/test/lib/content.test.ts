import { describe, expect, test } from "vitest";
import { copyJson, NotJson } from "../../src/lib/content.js";
import { jsonBytes, messagePackBytes } from "../../src/lib/weight.js";
import { MessagePackHubProtocol } from "@microsoft/signalr-protocol-msgpack";

const cyclic: Record<string, unknown> = {};
cyclic.self = cyclic;

describe("copyJson", () => {
  test.each([
    ["undefined", { a: undefined }, "$.a"],
    ["not a number", { a: [1, NaN] }, "$.a[1]"],
    ["infinity", { a: -Infinity }, "$.a"],
    ["a big integer", 1n, "$"],
    ["a function", { a: { b: () => 1 } }, "$.a.b"],
    ["a symbol", [Symbol("s")], "$[0]"],
    ["a date", { at: new Date(0) }, "$.at"],
    ["a map", new Map(), "$"],
    ["an instance", new (class Shape {})(), "$"],
    ["half a character", { a: "\ud83d" }, "$.a"],
    ["half a character in a name", { "\ude00": 1 }, "$"],
    ["a hole in an array", [, 1], "$[0]"],
    ["what holds itself", cyclic, "$.self.self.self"],
  ])("refuses %s", (_, value, path) => {
    expect(() => copyJson(value, 3)).toThrow(NotJson);
    try {
      copyJson(value, 3);
    } catch (error) {
      expect((error as NotJson).path).toBe(path);
    }
  });

  test("copyJson_OfDeepestAllowed_Copies", () => {
    expect(copyJson({ a: [{}] }, 3)).toEqual({ a: [{}] });
    expect(() => copyJson({ a: [{ b: {} }] }, 3)).toThrow("$.a[0].b nests too deep.");
  });

  test("copyJson_OfWhatIsChangedLater_KeepsWhatItWas", () => {
    const given = { a: [1], "😀": Object.create(null) as object };
    const copy = copyJson(given, 9);
    given.a.push(2);
    expect(copy).toEqual({ a: [1], "😀": {} });
    expect(Object.isFrozen((copy as { a: unknown }).a)).toBe(true);
  });

  test("copyJson_OfProtoMember_KeepsItAsMember", () => {
    const copy = copyJson(JSON.parse('{"__proto__":{"x":1}}'), 9) as Record<string, unknown>;
    expect(Object.keys(copy)).toEqual(["__proto__"]);
    expect(copy.x).toBeUndefined();
    expect(({} as Record<string, unknown>).x).toBeUndefined();
  });

  test("copyJson_OfMinusZero_IsZero", () => expect(Object.is(copyJson(-0, 1), 0)).toBe(true));
});

describe("weight", () => {
  test("jsonBytes_OfText_CountsUtf8", () => expect(jsonBytes({ "ä": "😀\n" })).toBe('{"ä":"😀\\n"}'.length + 1 + 2));

  const values = [0, 127, 128, 255, 256, 65535, 65536, 4294967295, 4294967296, -1, -32, -33, -128, -129, -32768, -32769, -2147483648, -2147483649, 2 ** 53, 0.5, "x".repeat(31),
    "ä".repeat(16), "x".repeat(255), "x".repeat(256), "x".repeat(65536), null, true, [], Array(16).fill(1), Array(65536).fill(0), {}, { a: [1.5, { b: null }] }];
  test.each(values.map(value => [JSON.stringify(value).slice(0, 30), value] as const))("messagePackBytes of %s is what the official writer writes", (_, value) => {
    const size = (argument: unknown) =>
      new MessagePackHubProtocol().writeMessage({ type: 1, target: "t", arguments: [argument], headers: {}, streamIds: [] } as never).byteLength;
    const difference = messagePackBytes(value) - (size(value) - size(null) + 1);
    // A longer message can have a longer length before it.
    expect(difference === 0 || (difference < 0 && difference >= -2)).toBe(true);
  });
});
