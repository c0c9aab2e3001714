import { describe, expect, test } from "vitest";
import { runConversationCase } from "../support/conversation-case.js";
import { runFeedCase } from "../support/feed-case.js";
import { runCase, type ReplicaCase } from "../support/replica-case.js";
import { runSessionListCase } from "../support/session-list-case.js";
import { listVectors, readVectors } from "../support/vectors.js";

const kinds = [["replica", runCase], ["conversations", runConversationCase], ["feeds", runFeedCase], ["session-lists", runSessionListCase]] as const;

describe.each(kinds)("%s", (folder, run) => {
  const files = listVectors(folder);

  test("There are cases", () => expect(files).not.toEqual([]));

  describe.each(files)("%s", file => {
    test.each(readVectors<{ cases: ReplicaCase[] }>(file).cases)("$name", replicaCase => run(replicaCase));
  });
});
