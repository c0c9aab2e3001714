// Watching an application.
import { like, same, Guid, Some, Time } from "../matching.mjs";
import { event, position, session as sessionShape } from "../shapes.mjs";
import { ApplicationId } from "../stage.mjs";

async function watching(stage, applicationId, more = {}) {
  const watcher = await stage.connect("alice", { server: 0 });
  const answer = await watcher.call("WatchApplication", { applicationId, ...more });
  return { watcher, answer };
}

export default {
  // First, since it takes as long as a feed may be silent.
  async "a watcher whom nothing concerns is told how far the feed is"(stage) {
    const applicationId = await stage.application();
    const { watcher } = await watching(stage, applicationId, { properties: { room: "nowhere" } });
    await watcher.next("FeedReset");
    await watcher.call("CreateSession", { applicationId, name: "Elsewhere" });
    const told = await watcher.next("FeedPosition");
    like(told, { applicationId, position: position(told.position.sequence) });
    const { recovered } = await watcher.call("WatchApplication", { applicationId, since: told.position });
    same(recovered, true);
  },

  async "a watch is answered and begins anew"(stage) {
    const { watcher, answer } = await watching(stage, ApplicationId);
    like(answer, { position: position(answer.position.sequence), recovered: false });
    like(await watcher.next("FeedReset"), { applicationId: ApplicationId, position: answer.position });
  },

  async "a session is told whole when it comes, and when it goes"(stage) {
    const { watcher } = await watching(stage, ApplicationId);
    const alice = await stage.connect("alice"), session = await stage.session(alice, { properties: { room: "blue" } });
    const { feed, ...created } = await watcher.next("SessionCreated", event => event.sessionId === session.sessionId);
    like(created, event(session, "session_created", 1, { session: sessionShape(session, { properties: { room: "blue" } }) }));
    await alice.call("DeleteSession", session);
    const deleted = await watcher.next("SessionDeleted", event => event.sessionId === session.sessionId);
    like(deleted, event(session, "session_deleted", 2, { feed: { epoch: feed.epoch, sequence: deleted.feed.sequence } }));
  },

  async "a watcher who comes back where he was misses nothing"(stage) {
    const applicationId = await stage.application(), { watcher, answer } = await watching(stage, applicationId);
    await watcher.call("UnwatchApplication", { applicationId });
    const { sessionId } = await watcher.call("CreateSession", { applicationId, name: "Meanwhile" });
    const { recovered } = await watcher.call("WatchApplication", { applicationId, since: answer.position });
    same(recovered, true);
    same((await watcher.next("SessionCreated")).sessionId, sessionId);
  },

  async "who unwatches hears nothing more"(stage) {
    const applicationId = await stage.application(), { watcher } = await watching(stage, applicationId);
    await watcher.next("FeedReset");
    like(await watcher.call("UnwatchApplication", { applicationId }), {});
    const { sessionId } = await watcher.call("CreateSession", { applicationId, name: "Unheard" });
    await watcher.call("JoinSession", { applicationId, sessionId });
    await watcher.next("SessionReset");
    same(watcher.takeAll(), []);
  },

  async "an application that is deleted is left"(stage) {
    const applicationId = await stage.application(), { watcher } = await watching(stage, applicationId);
    await watcher.next("FeedReset");
    await stage.rest("alice", "DELETE", `applications/${applicationId}`);
    like(await watcher.next("FeedLeft"), { applicationId, reason: "deleted" });
  },

  async "an event tells its place in the feed"(stage) {
    const applicationId = await stage.application(), { watcher, answer } = await watching(stage, applicationId);
    const { sessionId } = await watcher.call("CreateSession", { applicationId, name: "One" });
    const created = await watcher.next("SessionCreated");
    like({ id: created.eventId, at: created.createdAt, feed: created.feed.epoch }, { id: Guid, at: Time, feed: Some });
    same([created.sessionId, created.feed.epoch], [sessionId, answer.position.epoch]);
  },
};
