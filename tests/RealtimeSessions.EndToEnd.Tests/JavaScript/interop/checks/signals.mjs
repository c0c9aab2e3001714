// What members signal to each other.
import { like, same } from "../matching.mjs";
import { Person } from "../people.mjs";

/** Everybody in a session, each able to hear the others. */
async function hearing(stage) {
  const { alice, members, session } = await stage.joined();
  const people = [];
  for (const member of [alice, ...members]) people.push(await new Person(member, session).join());
  for (const person of people)
    for (const other of people) await person.knows(other);
  return { alice, bob: members[0], carol: members[1], session, from: { ...session, userId: "bob", connectionId: people[1].connectionId } };
}

export default {
  async "a signal comes to everybody but its sender"(stage) {
    const { alice, bob, carol, session, from } = await hearing(stage);
    const data = { x: 10, deep: [null, true, "ü", 1.5] };
    like(await bob.call("SendSignal", { ...session, name: "cursor", data }), {});
    for (const member of [alice, carol]) like(await member.next("SessionSignal"), { ...from, name: "cursor", data });
    await carol.call("SendSignal", { ...session, name: "answer" });
    same((await bob.next("SessionSignal")).name, "answer");
  },

  async "a signal without data has none, and null is data"(stage) {
    const { bob, carol, session, from } = await hearing(stage);
    await bob.call("SendSignal", { ...session, name: "none" });
    await bob.call("SendSignal", { ...session, name: "null", data: null });
    like(await carol.next("SessionSignal"), { ...from, name: "none" });
    like(await carol.next("SessionSignal"), { ...from, name: "null", data: null });
  },

  async "a signal to one user comes to nobody else"(stage) {
    const { alice, bob, carol, session, from } = await hearing(stage);
    await bob.call("SendSignal", { ...session, name: "secret", to: "carol" });
    await bob.call("SendSignal", { ...session, name: "open" });
    like(await carol.next("SessionSignal"), { ...from, name: "secret" });
    like(await alice.next("SessionSignal"), { ...from, name: "open" });
  },
};
