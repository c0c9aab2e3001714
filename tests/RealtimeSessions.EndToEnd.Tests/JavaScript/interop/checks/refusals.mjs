// What is refused for who calls, or for what is there: code, details and text; and calls that are none.
import { same } from "../matching.mjs";
import { position } from "../shapes.mjs";
import { ApplicationId } from "../stage.mjs";

const nowhere = "0".repeat(8);

export default {
  async "nobody is let in without a token"(stage) {
    same(await stage.askWithoutToken(), "unauthenticated");
  },

  async "an application or a session that is not there"(stage) {
    const alice = await stage.connect("alice");
    await alice.refused("application_not_found", undefined, "GetApplication", { applicationId: nowhere });
    await alice.refused("session_not_found", undefined, "GetSession", { applicationId: ApplicationId, sessionId: nowhere });
    await alice.refused("session_not_found", undefined, "JoinSession", { applicationId: ApplicationId, sessionId: nowhere });
  },

  async "what one may read and not delete"(stage) {
    const { members: [bob], session } = await stage.joined();
    await bob.refused("forbidden", undefined, "DeleteSession", session);
  },

  async "a change of a closed session"(stage) {
    const { alice, session } = await stage.joined();
    await alice.call("CloseSession", session);
    await alice.refused("session_closed", undefined, "PatchSessionData", { ...session, data: { a: 1 } });
  },

  async "an id that is taken, and data that have changed"(stage) {
    const { alice, members: [bob], session } = await stage.joined();
    await bob.refused("conflict", undefined, "CreateSession", { ...session, name: "Another" });
    await alice.call("PatchSessionData", { ...session, data: { a: 1 } });
    await bob.refused("conflict", { position: position(2) }, "PatchSessionData", { ...session, data: { a: 2 }, ifSequence: 1 });
  },

  async "a writer's number that is too high"(stage) {
    const { alice, session } = await stage.joined();
    await alice.refused("writer_gap", { expected: 1 }, "CreateSessionEvent", { ...session, name: "third", writerId: "writer", writerSequence: 3 });
  },

  async "presence and signals from outside"(stage) {
    const { alice, members: [bob], session } = await stage.joined();
    await alice.refused("not_joined", undefined, "SendSignal", { ...session, name: "outside" });
    await bob.refused("not_joined", undefined, "UpdatePresence", { ...session, state: {} });
  },

  async "data that retention has removed"(stage) {
    const alice = await stage.connect("alice"), session = await stage.session(alice);
    let firstAvailable = 1;
    for (let n = 0; firstAvailable < 3; n++) {
      await alice.call("PatchSessionData", { ...session, data: { n } });
      ({ firstAvailable } = await alice.call("ListSessionEvents", { ...session, limit: 1 }));
    }
    await alice.refused("not_retained", { firstAvailable }, "GetSessionData", { ...session, atSequence: 1 });
  },

  async "a method that is not there, and a wrong number of arguments"(stage) {
    const alice = await stage.connect("alice");
    for (const [method, ...args] of [["DoAnything", {}], ["GetSession"], ["GetSession", {}, {}]]) {
      const message = await alice.fails(method, ...args);
      if (!message.startsWith(`Failed to invoke '${method}'`)) throw new Error(`${method}: ${message}`);
    }
    await alice.call("ListApplications", {});
  },
};
