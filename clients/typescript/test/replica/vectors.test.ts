import { describe, expect, test } from "vitest";
import { runCase, type ReplicaCase } from "../support/replica-case.js";
import { listVectors, readVectors } from "../support/vectors.js";

const files = listVectors("replica");

test("There are cases", () => expect(files).not.toEqual([]));

describe.each(files)("%s", file => {
  test.each(readVectors<{ cases: ReplicaCase[] }>(file).cases)("$name", replicaCase => runCase(replicaCase));
});
