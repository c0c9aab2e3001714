import { describe, expect, it } from "vitest";
import { rowsOf } from "../../../src/session/data/rows";
import { treeMove } from "../../../src/session/data/tree-keys";

// 0 /a, 1 /a/b, 2 /a/c, 3 /a/c/d, 4 /e
const rows = rowsOf({ data: { a: { b: 1, c: { d: 2 } }, e: [] }, opened: new Map() });

describe("treeMove", () => {
  it.each([
    ["ArrowDown", -1, 0], ["ArrowDown", 4, 4], ["ArrowUp", 1, 0], ["Home", 3, 0], ["End", 0, 4], ["ArrowRight", 0, 1], ["ArrowLeft", 3, 2], ["ArrowLeft", 1, 0], ["PageDown", 0, 4],
  ])("%s on row %i goes to row %i", (key, from, to) => {
    expect(treeMove(key, rows, from, false)).toEqual({ kind: "go", index: to });
  });

  it.each([["ArrowLeft", 0], [" ", 2], ["Enter", 0]])("%s on row %i, which is open, closes it", (key, index) => {
    expect(treeMove(key, rows, index, false)).toEqual({ kind: "toggle" });
  });

  it.each([["Enter", 1, "value"], ["F2", 2, "name"], ["+", 0, "add"], ["Insert", 4, "add"], ["Delete", 3, "remove"]])("%s on row %i edits", (key, index, action) => {
    expect(treeMove(key, rows, index, false)).toEqual({ kind: "act", action });
    expect(treeMove(key, rows, index, true)).toBeUndefined();
  });

  it.each([["x", 1], ["ArrowRight", 1], ["+", 1], ["Delete", -1]])("%s on row %i does nothing", (key, index) => {
    expect(treeMove(key, rows, index, false)).toBeUndefined();
  });
});
