import { describe, expect, test } from "vitest";
import { RealtimeError } from "../../src/protocol/errors.js";
import { ConversationReplica } from "../../src/replica/conversation/conversation-replica.js";
import { runHistory } from "../support/history.js";
import { Member } from "../support/member.js";
import { ModelConversation } from "../support/model-conversation.js";
import { Random } from "../support/random.js";

function run(seed: number, losesHistory: boolean) {
  const random = new Random(seed);
  const server = new ModelConversation(random);
  const members = ["m1", "m2", "m3"].map(name => new Member(name, context => new ConversationReplica(context), server, random));
  const send = (member: (typeof members)[number]) =>
    member.make(replica => (replica.view ? replica.comment(`${members.indexOf(member)}.${member.made.length}`, 0, "t") : undefined));
  runHistory(members, server, random, losesHistory, [[0.25, send], [0.03, () => server.comment()]]);
  return { members, server };
}

const seeds = Array.from({ length: 100 }, (_, index) => index + 1);

describe("Replicas of one conversation", () => {
  test.each([[false], [true]])("show the same in the end (history lost: %s)", losesHistory => {
    for (const seed of seeds) {
      const { members, server } = run(seed, losesHistory);
      for (const { replica, made, settled } of members) {
        expect([replica.status, replica.pending], `seed ${seed}`).toEqual(["synchronized", 0]);
        expect(replica.view!.comments.map(({ sequence, comment }) => ({ sequence, comment })), `seed ${seed}`).toEqual(server.comments());
        expect(made.every(change => settled.has(change)), `seed ${seed}`).toBe(true);
      }
    }
  });

  test("tell every comment once, and make every comment once, in the order of its author", () => {
    for (const seed of seeds) {
      const { members, server } = run(seed, false);
      const contents = server.comments().map(({ comment }) => comment.content);
      for (const [index, { told, made, settled }] of members.entries()) {
        expect(told.every((event, at) => at === 0 || event.sequence > told[at - 1]!.sequence), `seed ${seed}`).toBe(true);
        const own = contents.filter(content => content.startsWith(`${index}.`));
        const inOrder = made.map(change => change.content.content).filter(content => own.includes(content));
        expect(own, `seed ${seed}`).toEqual(inOrder);
        // One whose answer was lost may be refused when it is sent again, and was made all the same.
        const accepted = made.filter(change => !(settled.get(change) instanceof RealtimeError));
        for (const { content } of accepted) expect(own, `seed ${seed}`).toContain(content.content);
      }
    }
  });
});
