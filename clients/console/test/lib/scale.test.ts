import { expect, test } from "vitest";
import { scaleTo } from "../../src/lib/scale";

test.each([
  [0, [0, 0.25, 0.5]], [8, [0, 2, 4, 6, 8]], [9.7, [0, 2.5, 5, 7.5, 10]], [97, [0, 25, 50, 75, 100]], [0.3, [0, 0.1, 0.2, 0.3]], [1_700, [0, 500, 1_000, 1_500, 2_000]],
])("scaleTo_%d_HasRoundTicks", (highest, ticks) => expect(scaleTo(highest)).toEqual({ top: ticks.at(-1), ticks }));

test("scaleTo_WhatCannotBeBroken_HasWholeTicks", () => expect([0, 1, 3, 5].map(highest => scaleTo(highest, { least: 1 }).ticks)).toEqual([[0, 1, 2], [0, 1, 2], [0, 1, 2, 3], [0, 2, 4, 6]]));

test("scaleTo_Bytes_HasPowersOfTwo", () => expect(scaleTo(300 * 1024 ** 2, { base: 1024 }).ticks.map(tick => tick / 1024 ** 2)).toEqual([0, 128, 256, 384]));

test("scaleTo_AnyValue_IsBelowTheTopWithFewTicks", () => {
  for (let highest = 1e-6; highest < 1e12; highest *= 1.0937) {
    for (const base of [10, 1024] as const) {
      const { top, ticks } = scaleTo(highest, { base });
      expect(top).toBeGreaterThanOrEqual(highest * (1 - 1e-9));
      expect(ticks.length).toBeGreaterThanOrEqual(3);
      expect(ticks.length).toBeLessThanOrEqual(5);
    }
  }
});
