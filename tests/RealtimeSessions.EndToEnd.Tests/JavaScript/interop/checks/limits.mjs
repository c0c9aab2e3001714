// What is refused for its size or its number.
import { Patience } from "../matching.mjs";
import { ApplicationId } from "../stage.mjs";

const KiB = 1024;

export default {
  async "a signal that is too large"(stage) {
    const { members: [bob], session } = await stage.joined();
    await bob.refused("payload_too_large", { limit: 4 * KiB }, "SendSignal", { ...session, name: "large", data: "x".repeat(4 * KiB) });
    await bob.call("SendSignal", { ...session, name: "fits", data: "x".repeat(4 * KiB - 2) });
  },

  async "a state in presence that is too large"(stage) {
    const { members: [bob], session } = await stage.joined({ join: { presence: true } });
    await bob.refused("data_too_large", { limit: KiB }, "UpdatePresence", { ...session, state: { text: "x".repeat(KiB) } });
  },

  async "session data that are too large"(stage) {
    const alice = await stage.connect("alice"), session = await stage.session(alice), text = "x".repeat(240 * KiB);
    for (let n = 0; n < 17; n++) await alice.call("PatchSessionData", { ...session, data: { [`n${n}`]: text } });
    await alice.refused("data_too_large", { limit: 4 * KiB * KiB }, "PatchSessionData", { ...session, data: { more: text } });
  },

  async "more sessions than one connection may join"(stage) {
    const alice = await stage.connect("alice");
    for (let n = 0; n < 100; n++) await alice.call("JoinSession", await stage.session(alice));
    await alice.refused("limit_exceeded", { limit: 100 }, "JoinSession", await stage.session(alice));
  },

  async "more signals than one connection may send"(stage) {
    const { members: [bob], session } = await stage.joined();
    const send = (_, n) => bob.hub.invoke("SendSignal", { ...session, name: `${n}` }).then(() => null, error => error.message);
    let refusal = null;
    for (const end = Date.now() + Patience; !refusal && Date.now() < end;)   // A busy server may be slower than the limit.
      refusal = (await Promise.all(Array.from({ length: 400 }, send))).find(message => message !== null);
    bob.checkRefusal(refusal, "rate_limited", { retryAfter: 1 });
    await bob.call("ListSessions", { applicationId: ApplicationId });
  },
};
