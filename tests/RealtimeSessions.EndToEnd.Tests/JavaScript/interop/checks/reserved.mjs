// A member named __proto__: JSON carries it; the official decoder of MessagePack refuses it, and with it the message and the connection.
import { same, patiently } from "../matching.mjs";

const data = JSON.parse('{"__proto__":{"a":1},"b":2}');

export default {
  async "a member named __proto__ comes to JSON, and ends what reads MessagePack"(stage) {
    const { members, session } = await stage.joined();
    await stage.rest("alice", "PATCH", `applications/${session.applicationId}/sessions/${session.sessionId}/data`, JSON.stringify(data));
    for (const member of members) {
      if (member.protocol === "json") {
        same((await member.next("SessionDataUpdated")).data, data);
        same((await member.call("GetSessionData", session)).data, data);
      } else {
        const error = await patiently(member.closed, () => `${member} is closed`);
        same(error.message, "The key __proto__ is not allowed");
      }
    }
  },
};
