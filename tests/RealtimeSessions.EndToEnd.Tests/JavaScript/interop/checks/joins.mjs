// Joining, coming back and leaving.
import { like, same, Some } from "../matching.mjs";
import { event, position, session as sessionShape } from "../shapes.mjs";

export default {
  async "a first join is answered and told the state"(stage) {
    const alice = await stage.connect("alice"), bob = await stage.connect("bob");
    const session = await stage.session(alice, { participants: [{ id: "bob" }], data: { a: [] } });
    const shape = sessionShape(session, { participants: [{ id: "alice", type: "user" }, { id: "bob", type: "user" }] });
    const answer = await bob.call("JoinSession", session);
    like(answer.session, shape);
    like(answer.position, position(2));
    like({ recovered: answer.recovered, connectionId: answer.connectionId }, { recovered: false, connectionId: Some });
    like(await bob.next("SessionReset"), { ...session, session: shape, data: { a: [] }, dataSequence: 2, position: answer.position });
  },

  async "a join from the beginning is told everything since"(stage) {
    const alice = await stage.connect("alice"), bob = await stage.connect("bob");
    const session = await stage.session(alice, { participants: [{ id: "bob" }] });
    const { position } = await alice.call("PatchSessionData", { ...session, data: { a: 1 } });
    const { recovered } = await bob.call("JoinSession", { ...session, since: { ...position, sequence: 0 } });
    same(recovered, true);
    const participants = [{ id: "alice", type: "user" }, { id: "bob", type: "user" }];
    like(await bob.next("SessionCreated"), event(session, "session_created", 1, { session: sessionShape(session, { participants }) }));
    like(await bob.next("SessionDataUpdated"), event(session, "session_data_updated", 2, { data: { a: 1 } }));
  },

  async "a member who comes back where he was misses nothing"(stage) {
    const { alice, members: [bob], session } = await stage.joined();
    const first = await alice.call("CreateSessionEvent", { ...session, name: "first" });
    await bob.next("SessionEventCreated");
    await bob.hub.stop();
    await alice.call("CreateSessionEvent", { ...session, name: "second" });
    const again = await stage.connect("bob");
    const { recovered } = await again.call("JoinSession", { ...session, since: { ...first.position, eventId: first.eventId } });
    same(recovered, true);
    same((await again.next("SessionEventCreated")).name, "second");
    same(again.takeAll(), []);
  },

  async "own events come with echo, and not without"(stage) {
    const { members: [bob, carol], session } = await stage.joined();
    await carol.call("JoinSession", { ...session, echo: true });
    await carol.next("SessionReset");
    await carol.call("CreateSessionEvent", { ...session, name: "carol's" });
    await bob.call("CreateSessionEvent", { ...session, name: "bob's" });
    same((await carol.next("SessionEventCreated")).name, "carol's");
    same((await carol.next("SessionEventCreated")).name, "bob's");
    same((await bob.next("SessionEventCreated")).name, "carol's");
    await carol.call("CreateSessionEvent", { ...session, name: "after" });
    same((await bob.next("SessionEventCreated")).name, "after");
  },

  async "who has left hears nothing more, until he joins again"(stage) {
    const { alice, members: [bob], session } = await stage.joined();
    like(await bob.call("LeaveSession", session), {});
    await alice.call("CreateSessionEvent", { ...session, name: "unheard" });
    await bob.call("JoinSession", session);
    like((await bob.next("SessionReset")).position, position(2));
    same(bob.takeAll(), []);
  },
};
