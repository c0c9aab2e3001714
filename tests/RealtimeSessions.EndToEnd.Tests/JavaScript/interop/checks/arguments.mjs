// What is refused for its form, and where.
import { ApplicationId } from "../stage.mjs";
import { nested } from "../values.mjs";

const session = { applicationId: ApplicationId, sessionId: "welcome" };
const Wrong = {
  "nothing": ["GetSession", null, "$"],
  "a number": ["GetSession", 5, "$"],
  "a text": ["GetSession", "x", "$"],
  "a list": ["GetSession", [session], "$"],
  "a truth": ["GetSession", true, "$"],
  "a member that is missing": ["UpdateSessionName", session, "$.name"],
  "a member that is unknown": ["GetSession", { ...session, more: 1 }, "$.more"],
  "a member in other case": ["GetSession", { ...session, ApplicationId }, "$.ApplicationId"],
  "a text that is none": ["UpdateSessionName", { ...session, name: 5 }, "$.name"],
  "a text that is empty": ["UpdateSessionName", { ...session, name: "" }, "$.name"],
  "a text that is too long": ["UpdateSessionName", { ...session, name: "x".repeat(201) }, "$.name"],
  "an id that is none": ["CreateSession", { applicationId: ApplicationId, name: "x", sessionId: "not an id" }, "$.sessionId"],
  "a number that is none": ["ListSessions", { applicationId: ApplicationId, limit: "5" }, "$.limit"],
  "a number that is not whole": ["ListSessions", { applicationId: ApplicationId, limit: 1.5 }, "$.limit"],
  "a number that is too low": ["ListSessions", { applicationId: ApplicationId, limit: 0 }, "$.limit"],
  "a number that is too high": ["GetSessionData", { ...session, atSequence: 2 ** 60 }, "$.atSequence"],
  "a word that is none of those": ["ListSessions", { applicationId: ApplicationId, status: "ajar" }, "$.status"],
  "a flag that is none": ["JoinSession", { ...session, echo: "true" }, "$.echo"],
  "a time that is none": ["CloseSession", { ...session, timestamp: "yesterday" }, "$.timestamp"],
  "a member of a member": ["JoinSession", { ...session, since: { epoch: "x", sequence: "1" } }, "$.since.sequence"],
  "a member of an item": ["CreateSession", { applicationId: ApplicationId, name: "x", participants: [{ id: "bob" }, { id: 5 }] }, "$.participants[1].id"],
  "a member of a patch": ["PatchSession", { ...session, patch: { status: "open" } }, "$.patch.status"],
  "a property that is no text": ["UpdateSessionProperties", { ...session, properties: { room: 5 } }, "$.properties.room"],
  "data that are no object": ["PatchSessionData", { ...session, data: [] }, "$.data"],
  "a number without its writer": ["CloseSession", { ...session, writerSequence: 1 }, "$.writerId"],
  "data that nest too deep": ["PatchSessionData", { ...session, data: nested(33) }, `$.data${".a".repeat(32)}`],
  "a list that nests too deep": ["CreateSessionEvent", { ...session, name: "x", data: Array.from({ length: 32 }).reduce(list => [list], []) },
    `$.data${"[0]".repeat(32)}`],
};

export default Object.fromEntries(Object.entries(Wrong).map(([name, [method, argument, path]]) => [name, async stage => {
  const alice = await stage.connect("alice");
  await alice.refused("invalid_argument", { path }, method, argument);
  await alice.call("ListApplications", {});
}]));
