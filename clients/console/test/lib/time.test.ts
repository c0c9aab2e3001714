import { describe, expect, it } from "vitest";
import { age, ago } from "../../src/lib/time";

describe("age", () => {
  it.each([[0, "now"], [999, "now"], [1_000, "1 s"], [59_999, "59 s"], [60_000, "1 min"], [7_200_000, "2 h"], [9 * 86_400_000, "9 d"], [-5_000, "now"]])("of %i ms is %s", (elapsed, text) => {
    expect(age(1_000_000_000_000, 1_000_000_000_000 + elapsed)).toBe(text);
  });

  it("reads ISO 8601", () => {
    expect(ago("2026-11-23T00:00:00Z", Date.parse("2026-11-23T00:03:00Z"))).toBe("3 min ago");
  });
});
