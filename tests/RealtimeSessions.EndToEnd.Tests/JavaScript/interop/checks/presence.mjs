// Who is in a session, as connections of every protocol are told.
import { isDeepStrictEqual } from "node:util";
import { mergePatch } from "../../hub.mjs";
import { like, same } from "../matching.mjs";

/** Bob and Carol are in Alice's session, and shown there. */
async function present(stage) {
  const alice = await stage.connect("alice"), session = await stage.session(alice, { participants: [{ id: "bob" }, { id: "carol" }] });
  const bob = await shown(stage, "bob", session, { color: "teal" });
  const carol = await shown(stage, "carol", session, true);
  return { session, bob, carol };
}

async function shown(stage, user, session, presence) {
  const member = await stage.connect(user), { connectionId } = await member.call("JoinSession", { ...session, presence });
  const whole = await member.next("SessionPresence");
  return { member, connectionId, people: whole.people, whole };
}

/** Takes differences until a person's connections are shown as they must be. */
async function reaches(one, session, expected) {
  while (!isDeepStrictEqual(one.people, expected)) {
    const told = await one.member.next("SessionPresenceUpdated");
    like({ ...told, people: {} }, { ...session, people: {} });
    one.people = mergePatch(one.people, told.people);
  }
}

export default {
  async "who joins is told who is there, and the others of him"(stage) {
    const { session, bob, carol } = await present(stage);
    like({ ...bob.whole, people: {} }, { ...session, people: {} });
    same(bob.whole.people.bob, { [bob.connectionId]: { color: "teal" } });
    const both = { bob: { [bob.connectionId]: { color: "teal" } }, carol: { [carol.connectionId]: {} } };
    await reaches(bob, session, both);
    await reaches(carol, session, both);
  },

  async "a state is patched, and what is null removed"(stage) {
    const { session, bob, carol } = await present(stage);
    like(await bob.member.call("UpdatePresence", { ...session, state: { color: null, at: { x: 1.5, list: [null, "ü"] } } }), {});
    const both = { bob: { [bob.connectionId]: { at: { list: [null, "ü"], x: 1.5 } } }, carol: { [carol.connectionId]: {} } };
    await reaches(carol, session, both);
    await reaches(bob, session, both);
  },

  async "who leaves or is cut off is shown no longer"(stage) {
    const { session, bob, carol } = await present(stage), also = await shown(stage, "carol", session, { second: true });
    await reaches(bob, session, {
      bob: { [bob.connectionId]: { color: "teal" } },
      carol: { [carol.connectionId]: {}, [also.connectionId]: { second: true } },
    });
    await carol.member.call("LeaveSession", session);
    await reaches(bob, session, { bob: { [bob.connectionId]: { color: "teal" } }, carol: { [also.connectionId]: { second: true } } });
    await also.member.hub.stop();
    await reaches(bob, session, { bob: { [bob.connectionId]: { color: "teal" } } });
  },
};
