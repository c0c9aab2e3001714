import { describe, expect, it } from "vitest";
import type { Json } from "realtime-sessions";
import { readValue, writeValue } from "../../../src/session/data/value-text";

describe("readValue", () => {
  it.each<[string, Json]>([
    ["12", 12], [" true ", true], ["null", null], ["\"12\"", "12"], ["[1]", [1]], ["{\"a\": 1}", { a: 1 }], ["two words", "two words"], ["", ""], ["<b>", "<b>"],
  ])("reads %j", (text, value) => {
    expect(readValue(text)).toMatchObject({ value });
  });

  it.each(["{oops", "[1,", "\"open"])("refuses %j, which begins like JSON and is none", text => {
    expect(readValue(text)).toHaveProperty("problem");
  });
});

describe("writeValue", () => {
  it.each<Json>(["word", "12", "true", "", " space ", "{", "\"", 12, false, null, [1, "a"], { a: {} }])("writes %j so that it is read as itself", value => {
    expect(readValue(writeValue(value))).toMatchObject({ value });
  });
});
