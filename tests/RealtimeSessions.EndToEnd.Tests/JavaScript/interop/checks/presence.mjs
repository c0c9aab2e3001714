// Who is in a session, as connections of every protocol are told.
import { isDeepStrictEqual } from "node:util";
import { like, same } from "../matching.mjs";
import { Person } from "../people.mjs";

/** Bob and Carol are in Alice's session, and shown there. */
async function present(stage) {
  const alice = await stage.connect("alice"), session = await stage.session(alice, { participants: [{ id: "bob" }, { id: "carol" }] });
  const bob = await new Person(await stage.connect("bob"), session).join({ color: "teal" });
  same(bob.people, { bob: { [bob.connectionId]: { color: "teal" } } });
  const carol = await new Person(await stage.connect("carol"), session).join();
  return { session, bob, carol };
}

function reaches(person, expected) {
  return person.until(people => isDeepStrictEqual(people, expected));
}

export default {
  async "who joins is told who is there, and the others of him"(stage) {
    const { bob, carol } = await present(stage);
    const both = { bob: { [bob.connectionId]: { color: "teal" } }, carol: { [carol.connectionId]: {} } };
    await reaches(bob, both);
    await reaches(carol, both);
  },

  async "a state is patched, and what is null removed"(stage) {
    const { session, bob, carol } = await present(stage);
    like(await bob.member.call("UpdatePresence", { ...session, state: { color: null, at: { x: 1.5, list: [null, "ü"] } } }), {});
    const both = { bob: { [bob.connectionId]: { at: { list: [null, "ü"], x: 1.5 } } }, carol: { [carol.connectionId]: {} } };
    await reaches(carol, both);
    await reaches(bob, both);
  },

  async "who leaves or is cut off is shown no longer"(stage) {
    const { session, bob, carol } = await present(stage), also = await new Person(await stage.connect("carol"), session).join({ second: true });
    const own = { [bob.connectionId]: { color: "teal" } };
    await reaches(bob, { bob: own, carol: { [carol.connectionId]: {}, [also.connectionId]: { second: true } } });
    await carol.member.call("LeaveSession", session);
    await reaches(bob, { bob: own, carol: { [also.connectionId]: { second: true } } });
    await also.member.hub.stop();
    await reaches(bob, { bob: own });
  },
};
