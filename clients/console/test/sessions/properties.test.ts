import { describe, expect, it } from "vitest";
import { readProperties, writeProperties } from "../../src/sessions/properties";

describe("properties", () => {
  it("are read as they are written", () => {
    const properties = { room: "blue", formula: "a = b", empty: "" };
    expect(readProperties(writeProperties(properties))).toEqual(properties);
  });

  it.each(["room", "= blue", "a = 1\na = 2"])("are refused in %j", text => {
    expect(() => readProperties(text)).toThrow();
  });
});
