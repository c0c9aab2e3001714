import { expect, test } from "vitest";
import { nearestIndex, pathOf } from "../../src/lib/path";

const plot = { from: 0, until: 100, top: 10, gap: 25 };

test("pathOf_Values_AreJoined", () => expect(pathOf([0, 20, 40], [0, 5, 10], plot)).toBe("M0 100L20 50 40 0"));

test("pathOf_NoValue_BreaksTheLine", () => expect(pathOf([0, 20, 40], [5, undefined, 5], plot)).toBe("M-0.5 50h1M39.5 50h1"));

test("pathOf_LongSilence_BreaksTheLine", () => expect(pathOf([0, 20, 80, 100], [5, 5, 5, 5], plot)).toBe("M0 50L20 50M80 50L100 50"));

test("nearestIndex_BetweenMoments_IsTheNearer", () => expect([-5, 11, 14, 99].map(time => nearestIndex([0, 10, 20], time))).toEqual([0, 1, 1, 2]));

test("nearestIndex_NoMoments_IsNone", () => expect(nearestIndex([], 5)).toBe(-1));
