// What a server answers whose storage is gone.
import { ApplicationId } from "../stage.mjs";

export default {
  async "reads and changes are unavailable, and the connection goes on"(stage) {
    const alice = await stage.connect("alice"), session = { applicationId: ApplicationId, sessionId: crypto.randomUUID() };
    await alice.refused("unavailable", undefined, "GetSession", session);
    await alice.refused("unavailable", undefined, "CreateSession", { ...session, name: "A session" });
    await alice.call("LeaveSession", session);
  },
};
