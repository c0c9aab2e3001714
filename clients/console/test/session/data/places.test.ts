import type { Json, JsonObject } from "realtime-sessions";
import { describe, expect, it } from "vitest";
import type { Path } from "../../../src/session/data/paths";
import { follow } from "../../../src/session/data/places";

const followed = (path: Path, then: Json, now: Json) => {
  const place = follow({ path: ["in", ...path], data: { in: then }, isLost: false }, { in: now });
  return place.isLost ? "lost" : place.path.slice(1);
};

describe("follow", () => {
  it.each<[string, Path, Json, Json, Path | "lost"]>([
    ["the same", [1], ["a", "b"], ["a", "b"], [1]],
    ["inserted before", [1], ["a", "b"], ["x", "a", "b"], [2]],
    ["inserted after", [1], ["a", "b"], ["a", "b", "x"], [1]],
    ["inserted before and after", [1], ["a", "b"], ["x", "a", "b", "y"], [2]],
    ["removed before", [1], ["a", "b"], ["b"], [0]],
    ["moved", [1], ["a", "b", "c"], ["c", "a", "b"], [2]],
    ["removed", [1], ["a", "b", "c"], ["a", "c"], "lost"],
    ["another value", [1], ["a", "b"], ["a", "x"], [1]],
    ["others' values", [1], ["a", "b", "c"], ["x", "b", "y"], [1]],
    ["all values", [1], [{ x: 1 }, { x: 2 }], [{ x: 3 }, { x: 4 }], [1]],
    ["moved and changed at once", [1], ["a", "b"], ["c", "a"], "lost"],
    ["moved, of two that are alike", [1], ["a", "a", "b"], ["b", "c", "a", "a"], "lost"],
    ["within an element that was moved", [1, "x"], [{ x: 1 }, { x: 1, y: 2 }], [{ z: 0 }, { x: 1 }, { x: 1, y: 2 }], [2, "x"]],
    ["within an element that has changed", [0, "x"], [{ x: 1, y: 1 }], [{ x: 1, y: 2 }], [0, "x"]],
    ["an array in an array", [0, 1], [["a", "b"]], [["x", "a", "b"]], [0, 2]],
    ["no array any more", [0], ["a"], "a", "lost"],
    ["gone", [0], ["a"], [], "lost"],
    ["a name", ["n"], { n: 1 }, { a: 0, n: 2 }, ["n"]],
    ["a name that has gone", ["n"], { n: 1 }, {}, ["n"]],
    ["a name of what is an array now", ["0"], { 0: "a" }, ["a"], "lost"],
    ["a name that every object has", ["constructor"], { constructor: 1 }, {}, ["constructor"]],
  ])("%s", (_, path, then, now, expected) => {
    expect(followed(path, then, now)).toEqual(expected);
  });

  it("does not find again what is lost", () => {
    const data: JsonObject = { list: ["a"] };
    const lost = follow({ path: ["list", 0], data, isLost: false }, { list: [] });
    expect(follow(lost, data)).toEqual({ path: ["list", 0], data, isLost: true });
  });
});
