// A member who conflates and reads nothing for a while is told runs of patches as one, and comes to the same data.
import { mergePatch } from "../../hub.mjs";
import { like, same } from "../matching.mjs";
import { event } from "../shapes.mjs";

const Patches = 80;                     // Fewer events than are retained.
const text = "x".repeat(240 * 1024);    // Together more than fits between a server and a client.

async function comesToTheSame(stage, reading) {
  // The state weighs more than any run of these patches, so that it never comes in the place of one.
  const { alice, members, session } = await stage.joined({ data: { ballast: text } });
  const member = members[reading];
  await member.call("JoinSession", { ...session, conflate: true });
  const { data: start } = await member.next("SessionReset");
  const socket = member.hub.connection.transport._webSocket._socket;
  socket.pause();
  for (let n = 0; n < Patches; n++) {
    const kind = n % 3;
    await alice.call("PatchSessionData", { ...session, data: { n: kind === 0 ? { n, text } : kind === 1 ? text : null, last: n } });
    if (n === Patches / 2) await alice.call("CreateSessionEvent", { ...session, name: "half" });
  }
  const { data, position } = await alice.call("GetSessionData", session);
  socket.resume();

  const end = await member.next("SessionDataUpdated", event => event.sequence === position.sequence);
  let held = start, at = 2, runs = 0;
  for (const { name, argument: told } of [...member.takeAll(), { argument: end }]) {
    if (name === "SessionEventCreated") {
      like(told, event(session, "session_event_created", at + 1, { name: "half" }));
    } else {
      const { fromSequence, clear, data: patch, ...rest } = told;
      like(rest, event(session, "session_data_updated", told.sequence));
      same(fromSequence ?? told.sequence, at + 1, "where the run begins");
      if (fromSequence !== undefined) runs++;
      held = mergePatch(mergePatch(held, clear ?? {}), patch);
    }
    at = told.sequence;
  }
  same(held, data);
  same(runs > 0, true, "whether a run came as one event");
}

export default {
  "a member who read nothing for a while": stage => comesToTheSame(stage, 0),
  "another member, whose protocol is the writer's": stage => comesToTheSame(stage, 1),
};
