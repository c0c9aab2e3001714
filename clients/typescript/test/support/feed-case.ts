import { expect } from "vitest";
import type { FeedEvent } from "../../src/protocol/feed.js";
import type { ResumePosition } from "../../src/protocol/objects.js";
import { FeedReplica, type FeedEffect } from "../../src/replica/feed-replica.js";
import { errorOf, eventId, type ReplicaCase, type Step } from "./replica-case.js";

/** Runs one of tests/vectors/feeds (README.md there) and checks what it expects. */
export function runFeedCase({ steps }: ReplicaCase): void {
  const replica = new FeedReplica<FeedEvent>();
  steps.forEach((step, index) => {
    act(replica, step);
    const happened = readEffects(replica.takeEffects());
    const where = `step ${index + 1}: ${JSON.stringify(step)}`;
    const { expect: expected } = step;
    if (!expected) return;
    for (const name of ["watches", "told", "waits"] as const) expect(happened[name], `${name}, ${where}`).toEqual(expected[name] ?? []);
    const { status, hasBegun: begun } = replica;
    const state = { status, begun, position: `${replica.position.epoch}-${replica.position.sequence}` };
    for (const name of ["status", "begun", "position"] as const) if (name in expected) expect(state[name], `${name}, ${where}`).toEqual(expected[name]);
  });
}

function act(replica: FeedReplica<FeedEvent>, step: Step): void {
  if (step.connected) replica.connected();
  else if (step.disconnected) replica.disconnected();
  else if (step.watched) replica.watched({ position: placeOf(step.watched), recovered: (step.watched as { recovered: boolean }).recovered });
  else if (step.refused) replica.watchFailed(errorOf({ code: step.refused }));
  else if (step.retry) replica.retryElapsed();
  else if (step.event) replica.event({ feed: placeOf(step.event), eventId: eventId(placeOf(step.event).sequence) });
  else if (step.moved) replica.moved(placeOf(step.moved));
  else if (step.reset) replica.reset(placeOf(step.reset));
  else if (step.putOut) replica.putOut(step.putOut as string);
  else if (step.renew) replica.renew();
  else if (step.leave) replica.leave();
  else throw new Error(`An unknown step: ${JSON.stringify(step)}`);
}

function readEffects(effects: readonly FeedEffect<FeedEvent>[]) {
  const watches: unknown[] = [];
  const told: unknown[] = [];
  const waits: number[] = [];
  for (const effect of effects) {
    if (effect.kind === "watch") watches.push(effect.since ? sinceOf(effect.since) : null);
    else if (effect.kind === "wait") waits.push(effect.milliseconds / 1_000);
    else if (effect.kind === "event") told.push(["event", effect.event.feed.sequence]);
    else if (effect.kind === "reset") told.push(["reset", effect.position.sequence]);
    else told.push(["left", effect.reason]);
  }
  return { watches, told, waits };
}

function sinceOf({ eventId: id, ...position }: ResumePosition) {
  if (id !== undefined) expect(id).toBe(eventId(position.sequence));
  return id === undefined ? position : { ...position, eventId: true };
}

function placeOf(step: unknown) {
  const { sequence, epoch = "E1" } = step as { readonly sequence: number; readonly epoch?: string };
  return { epoch, sequence };
}
