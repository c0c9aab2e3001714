// What many say at once comes to everybody in one order.
import { same } from "../matching.mjs";

const Calls = 20;

function callbackOf({ eventType }) {
  return eventType === "session_data_updated" ? "SessionDataUpdated" : "SessionEventCreated";
}

export default {
  async "writers at once, and everybody agrees"(stage) {
    const { alice, members, session } = await stage.joined({ join: { echo: true } });
    await alice.call("JoinSession", { ...session, echo: true });
    await alice.next("SessionReset");
    const everybody = [alice, ...members], sent = [];
    for (let n = 0; n < Calls; n++)
      for (const [i, member] of everybody.entries())
        sent.push(n % 2 ? member.call("PatchSessionData", { ...session, data: { last: [i, n], [`m${i}`]: { [n]: "ü".repeat(n) } } })
          : member.call("CreateSessionEvent", { ...session, name: `${i}`, data: n }));
    const acks = await Promise.all(sent), last = Math.max(...acks.map(ack => ack.position.sequence));
    same(last, 1 + Calls * everybody.length);

    const { events } = await alice.call("ListSessionEvents", { ...session, after: 1 });
    for (const member of everybody) {
      const end = await member.next(callbackOf(events.at(-1)), event => event.sequence === last);
      same([...member.takeAll().map(one => one.argument), end], events, `the events that ${member} is told, in their order`);
    }
    for (const [i] of everybody.entries()) {
      const own = events.filter(event => event.name === `${i}`).map(event => event.data);
      same(own, [...own].sort((one, other) => one - other), "each writer's order");
    }
    const states = await Promise.all(everybody.map(member => member.call("GetSessionData", session)));
    for (const state of states) same(state, states[0]);
  },
};
