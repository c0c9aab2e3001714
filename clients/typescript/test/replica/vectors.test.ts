import { describe, expect, test } from "vitest";
import { runConversationCase } from "../support/conversation-case.js";
import { runCase, type ReplicaCase } from "../support/replica-case.js";
import { listVectors, readVectors } from "../support/vectors.js";

describe.each([["replica", runCase], ["conversations", runConversationCase]] as const)("%s", (folder, run) => {
  const files = listVectors(folder);

  test("There are cases", () => expect(files).not.toEqual([]));

  describe.each(files)("%s", file => {
    test.each(readVectors<{ cases: ReplicaCase[] }>(file).cases)("$name", replicaCase => run(replicaCase));
  });
});
