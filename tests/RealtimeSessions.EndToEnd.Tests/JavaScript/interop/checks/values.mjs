// Every value, as it comes to members: by a patch, an event, a signal, in what they read, in the history and in the state.
import { same } from "../matching.mjs";
import { Person } from "../people.mjs";
import { Values, nested } from "../values.mjs";

const SignalBytes = 4096;

async function passes(stage, data) {
  const { alice, members, session } = await stage.joined(), sender = await new Person(alice, session).join();
  for (const member of members) {
    await (await new Person(member, session).join()).knows(sender);
    await member.next("SessionReset");
  }
  await alice.call("PatchSessionData", { ...session, data });
  const { position } = await alice.call("CreateSessionEvent", { ...session, name: "value", data });
  for (const member of members) {
    if (Buffer.byteLength(JSON.stringify(data)) <= SignalBytes) {
      await alice.call("SendSignal", { ...session, name: "value", data, to: member.user });
      same((await member.next("SessionSignal")).data, data, `the signal that ${member} is told`);
    }
    same((await member.next("SessionDataUpdated")).data, data, `the patch that ${member} is told`);
    same((await member.next("SessionEventCreated")).data, data, `the event that ${member} is told`);
    same((await member.call("GetSessionData", session)).data, data, `the data that ${member} reads`);
    const { events } = await member.call("ListSessionEvents", { ...session, after: position.sequence - 2 });
    same(events.map(event => event.data), [data, data], `the history that ${member} reads`);
    await member.call("JoinSession", session);
    same((await member.next("SessionReset")).data, data, `the state that ${member} is told`);
  }
}

export default {
  ...Object.fromEntries(Object.entries(Values).map(([name, value]) => [name, stage => passes(stage, { value })])),

  "32 levels of objects": stage => passes(stage, nested(32)),

  // A number below zero that is none is zero in JSON, as JavaScript writes it.
  async "the number -0"(stage) {
    const { alice, session } = await stage.joined();
    await alice.call("PatchSessionData", { ...session, data: { value: -0 } });
    same((await alice.call("GetSessionData", session)).data, { value: 0 });
  },

  async "an object of 65,536"(stage) {
    const { alice, members, session } = await stage.joined();
    const all = Array.from({ length: 65_536 }, (_, i) => [`m${i}`, i]);
    for (let first = 0; first < all.length; first += 10_000)
      await alice.call("PatchSessionData", { ...session, data: Object.fromEntries(all.slice(first, first + 10_000)) });
    for (const member of members) same((await member.call("GetSessionData", session)).data, Object.fromEntries(all));
  },

  async "null removes"(stage) {
    const { alice, members, session } = await stage.joined();
    await alice.call("PatchSessionData", { ...session, data: { a: { b: 1, c: 2 }, d: 3 } });
    await alice.call("PatchSessionData", { ...session, data: { a: { b: null }, d: null } });
    for (const member of members) same((await member.call("GetSessionData", session)).data, { a: { c: 2 } });
  },

  async "the data of events: any JSON"(stage) {
    const { alice, members, session } = await stage.joined();
    const values = [null, true, 0, -1, 1.5, "", "text", [], {}, [null]];
    for (const data of values) await alice.call("CreateSessionEvent", { ...session, name: "value", data });
    for (const member of members)
      for (const data of values) same((await member.next("SessionEventCreated")).data, data);
  },
};
