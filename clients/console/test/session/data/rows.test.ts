import { describe, expect, it } from "vitest";
import type { JsonObject } from "realtime-sessions";
import { countDifferences, differenceOf } from "../../../src/session/data/difference";
import { rowLeftBy, rowsOf } from "../../../src/session/data/rows";
import { visitorsOf } from "../../../src/session/data/visitors";

const data: JsonObject = { b10: 1, b9: { "x/y": { z: 1 }, w: [1, 2] }, a: {} };
const shown = (rows: ReturnType<typeof rowsOf>) => rows.map(row => `${"  ".repeat(row.level - 1)}${row.pointer}`);

describe("rowsOf", () => {
  it("shows names in the alphabet's order, numbers in them by their value, and pointers by RFC 6901", () => {
    expect(shown(rowsOf({ data, opened: new Map() }))).toEqual(["/a", "/b9", "  /b9/w", "    /b9/w/0", "    /b9/w/1", "  /b9/x~1y", "    /b9/x~1y/z", "/b10"]);
  });

  it("opens and closes what somebody has said so of", () => {
    expect(shown(rowsOf({ data, opened: new Map([["/b9", false]]) }))).toEqual(["/a", "/b9", "/b10"]);
  });

  it("closes what is large, until somebody opens it", () => {
    const large = { many: Object.fromEntries(Array.from({ length: 101 }, (_, index) => [`n${index}`, index])) };
    expect(rowsOf({ data: large, opened: new Map() })).toHaveLength(1);
    expect(rowsOf({ data: large, opened: new Map([["/many", true]]) })).toHaveLength(102);
  });

  it("tells each row's place among those beside it", () => {
    const row = rowsOf({ data, opened: new Map() }).find(each => each.pointer === "/b9/x~1y")!;
    expect([row.level, row.place, row.siblings, row.size]).toEqual([2, 2, 2, 1]);
  });

  it("compares with the present: what came, went and changed", () => {
    const now = { b9: { "x/y": { z: 2 }, w: [1, 2] }, a: {}, c: "new" };
    const difference = differenceOf(data, now);
    const rows = rowsOf({ data, opened: new Map(), compared: { now, difference } });
    expect(rows.filter(row => row.difference).map(row => [row.pointer, row.difference, row.value, row.now])).toEqual([
      ["/b9", "inside", data["b9"], now.b9], ["/b9/x~1y", "inside", { z: 1 }, { z: 2 }], ["/b9/x~1y/z", "changed", 1, 2],
      ["/b10", "removed", 1, undefined], ["/c", "added", "new", "new"],
    ]);
    expect(countDifferences(difference)).toBe(3);
  });
});

describe("rowsOf what came or went as a whole", () => {
  it("marks all that is in it", () => {
    const then: JsonObject = { gone: { x: { y: 1 } } };
    const now: JsonObject = { come: { x: { y: 1 } } };
    const rows = rowsOf({ data: then, opened: new Map([["/come/x", true], ["/gone/x", true]]), compared: { now, difference: differenceOf(then, now) } });
    expect(rows.map(row => [row.pointer, row.difference])).toEqual([
      ["/come", "added"], ["/come/x", "added"], ["/come/x/y", "added"], ["/gone", "removed"], ["/gone/x", "removed"], ["/gone/x/y", "removed"],
    ]);
  });
});

describe("rowLeftBy", () => {
  const rows = rowsOf({ data, opened: new Map([["/b9/w", false]]) });
  const left = (pointer: string, index: number) => rowLeftBy(pointer, index, rows)?.pointer;

  it("is the one that stands where the other stood, or the last", () => {
    expect([left("/b1", 1), left("/c", rows.length), left("/b9/x~1y/a", 4)]).toEqual(["/b9", "/b10", "/b9/x~1y/z"]);
  });

  it("is what the other was in, where that is closed, or empty now", () => {
    expect([left("/b9/w/1", 4), left("/a/last/deep", 1)]).toEqual(["/b9/w", "/a"]);
  });

  it("is none where there are no rows", () => {
    expect(rowLeftBy("/a", 0, [])).toBeUndefined();
  });
});

describe("differenceOf", () => {
  it("finds none between states that are equal", () => {
    expect(differenceOf({ a: { b: [1, { c: null }] } }, { a: { b: [1, { c: null }] } })).toBeUndefined();
  });
});

describe("visitorsOf", () => {
  it("shows somebody at what holds the place, where that is closed", () => {
    const rows = rowsOf({ data, opened: new Map([["/b9", false]]) });
    expect(visitorsOf(rows, new Map([["/b9/w/0", ["alice"]], ["/b9", ["bob", "alice"]], ["/gone", ["carol"]]]))).toEqual(new Map([["/b9", ["alice", "bob"]]]));
  });
});
