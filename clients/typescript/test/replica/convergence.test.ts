import { describe, expect, test } from "vitest";
import type { JsonObject } from "../../src/lib/json.js";
import { SessionReplica } from "../../src/replica/session/session-replica.js";
import { runHistory } from "../support/history.js";
import { Member } from "../support/member.js";
import { ModelSession } from "../support/model-session.js";
import { Random } from "../support/random.js";

function randomPatch(random: Random): JsonObject {
  const name = () => random.pick(["a", "b", "c"]);
  const value = (depth: number): JsonObject | number | null | number[] =>
    depth < 3 && random.chance(0.5) ? { [name()]: value(depth + 1), ...(random.chance(0.3) && { [name()]: value(depth + 1) }) } : random.pick([null, random.below(9), [random.below(3)]]);
  return { [name()]: value(1) };
}

/** Random histories: whoever is connected again, and has heard everything, has what the server has. */
function run(seed: number, losesHistory: boolean) {
  const random = new Random(seed);
  const server = new ModelSession(random);
  const members = ["m1", "m2", "m3"].map(name => new Member(name, context => new SessionReplica(context), server, random));
  const make = (member: (typeof members)[number]) =>
    member.make(replica => (random.chance(0.2) ? replica.createEvent("e", undefined, "t") : replica.patch(randomPatch(random), "t")));
  const rename = (member: (typeof members)[number]) => member.ask(name => server.rename(name, `Board ${random.below(9)}`));
  runHistory(members, server, random, losesHistory, [
    [0.22, make], [0.05, member => member.make(replica => replica.undo("t"))], [0.03, () => server.patch(randomPatch(random))], [0.04, rename],
  ]);
  return { members, server };
}

const seeds = Array.from({ length: 100 }, (_, index) => index + 1);

describe("Replicas of one session", () => {
  test.each([[false], [true]])("are the same in the end (history lost: %s)", losesHistory => {
    for (const seed of seeds) {
      const { members, server } = run(seed, losesHistory);
      for (const { replica, made, settled } of members) {
        expect(replica.status, `seed ${seed}`).toBe("synchronized");
        expect(replica.confirmed!.data, `seed ${seed}`).toEqual(server.data());
        expect(replica.view, `seed ${seed}`).toEqual(server.data());
        expect(replica.confirmed!.session.name, `seed ${seed}`).toBe(server.name());
        expect(made.every(change => settled.has(change)), `seed ${seed}`).toBe(true);
      }
    }
  });

  test("hear every event once and in order, and make every change once", () => {
    for (const seed of seeds) {
      const { members, server } = run(seed, false);
      const numbers = server.events.map(event => `${event.writerId}/${event.writerSequence}/${event.userId}`).filter(number => !number.startsWith("undefined"));
      expect(new Set(numbers).size, `seed ${seed}`).toBe(numbers.length);
      for (const { told } of members) {
        expect(told.every((event, index) => index === 0 || event.sequence > told[index - 1]!.sequence), `seed ${seed}`).toBe(true);
        for (const event of told) expect(event.eventId, `seed ${seed}`).toBe(server.events[event.sequence - 1]!.eventId);
      }
    }
  });
});
