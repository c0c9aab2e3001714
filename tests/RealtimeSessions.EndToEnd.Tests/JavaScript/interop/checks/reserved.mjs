// A member named __proto__: the official decoder of MessagePack refuses it, and with it the message and the connection. So nobody can send one.
import { same } from "../matching.mjs";
import { ApplicationId } from "../stage.mjs";

const Refused = { "$.__proto__": '{"__proto__":{"a":1}}', "$.a.b.__proto__": '{"a":{"b":{"__proto__":1}}}', "$.a[1].__proto__": '{"a":[0,{"__proto__":null}]}' };

/** The refusal of a request over REST: code and path. */
async function refusal(answer) {
  const error = await answer.then(() => null, error => error);
  if (error === null) throw new Error("It was accepted.");
  const { code, path } = JSON.parse(/\{.*\}/s.exec(error.message)[0]);
  return { code, path };
}

export default {
  async "a member named __proto__ is refused, over the hub and over REST"(stage) {
    const { alice, members: [bob], session } = await stage.joined();
    await bob.call("JoinSession", { ...session, presence: true });
    const address = `applications/${ApplicationId}/sessions`, own = `${address}/${session.sessionId}`;
    for (const [at, text] of Object.entries(Refused)) {
      const path = at.replace("$", "$.data"), data = JSON.parse(text);
      await bob.refused("invalid_argument", { path }, "PatchSessionData", { ...session, data });
      await bob.refused("invalid_argument", { path }, "CreateSessionEvent", { ...session, name: "odd", data });
      await bob.refused("invalid_argument", { path }, "SendSignal", { ...session, name: "odd", data });
      await bob.refused("invalid_argument", { path: at.replace("$", "$.state") }, "UpdatePresence", { ...session, state: data });
      await bob.refused("invalid_argument", { path: at.replace("$", "$.presence") }, "JoinSession", { ...session, presence: data });
      await bob.refused("invalid_argument", { path }, "CreateSession", { applicationId: ApplicationId, name: "Odd", data });
      same(await refusal(stage.rest("alice", "PATCH", `${own}/data`, text)), { code: "invalid_argument", path: at });
      same(await refusal(stage.rest("alice", "POST", `${own}/events`, `{"name":"odd","data":${text}}`)), { code: "invalid_argument", path });
      same(await refusal(stage.rest("alice", "POST", address, `{"name":"Odd","data":${text}}`)), { code: "invalid_argument", path });
    }
    same(await refusal(stage.rest("alice", "PUT", `${own}/properties`, '{"__proto__":"a"}')), { code: "invalid_argument", path: "$.__proto__" });
    same((await alice.call("ListSessionEvents", session)).events.length, 1);
  },

  async "a member named __proto__ that is removed where there is none comes to nobody"(stage) {
    const { alice, members, session } = await stage.joined();
    await stage.rest("alice", "PATCH", `applications/${ApplicationId}/sessions/${session.sessionId}/data`, '{"__proto__":null,"a":{"__proto__":null,"b":1}}');
    for (const member of members) {
      same((await member.next("SessionDataUpdated")).data, { a: { b: 1 } });
      same((await member.call("GetSessionData", session)).data, { a: { b: 1 } });
    }
  },

  async "a user named __proto__ is not shown, and takes part in all else"(stage) {
    const alice = await stage.connect("alice"), session = await stage.session(alice, { participants: [{ id: "__proto__" }] });
    const odd = await stage.connect("__proto__");
    await odd.refused("invalid_argument", { path: "$.presence" }, "JoinSession", { ...session, presence: true });
    await odd.call("JoinSession", session);
    await odd.next("SessionReset");
    await odd.call("PatchSessionData", { ...session, data: { a: 1 } });
    same((await alice.call("GetSession", session)).participants.map(participant => participant.id), ["alice", "__proto__"]);
  },
};
