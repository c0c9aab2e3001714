import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { RealtimeClient } from "../../src/client/realtime-client.js";
import type { SessionEvent } from "../../src/protocol/session-event.js";
import type { LiveSession } from "../../src/session/live-session.js";
import { accepted, answerJoin, answerResume, ids, newClient, patched } from "../support/fake-client.js";
import { hubs, settle, type FakeHub } from "../support/fake-hub.js";

vi.mock("../../src/connection/hub.js", async () => (await import("../support/fake-hub.js")).mockHubs);

let client: RealtimeClient;
let hub: FakeHub;

beforeEach(() => {
  vi.useFakeTimers();
  client = newClient();
});

afterEach(async () => {
  vi.useRealTimers();
  await client.close({ timeout: 0 });
});

async function join(sequence: number): Promise<LiveSession> {
  const joins = client.joinSession(ids);
  hub = await accepted();
  await answerJoin(hub, {}, sequence);
  return joins;
}

/** Reads on, and notes what comes. */
function read(session: LiveSession, after?: number): { sequences: number[]; done: Promise<void> } {
  const sequences: number[] = [];
  const done = (async () => {
    for await (const event of session.readEvents(after === undefined ? {} : { after })) sequences.push(event.sequence);
  })();
  return { sequences, done };
}

function pageOf(...sequences: number[]) {
  return { events: sequences.map(sequence => ({ eventType: "session_event_created", sequence }) as SessionEvent), position: { epoch: "E1", sequence: sequences.at(-1)! }, firstAvailable: 1 };
}

test("readEvents_FromNowOn_GivesWhatComes_AndEndsWithTheSession", async () => {
  const session = await join(5);
  const { sequences, done } = read(session);
  await settle();
  await patched(hub, 6, { a: 6 });
  await patched(hub, 7, { a: 7 });
  await settle();
  expect(sequences).toEqual([6, 7]);
  await hub.call("SessionLeft", { ...ids, reason: "deleted" });
  await done;
});

test("readEvents_FromTheBeginning_ReadsTheLogFirst_AndNothingTwice", async () => {
  const session = await join(4);
  const { sequences } = read(session, 0);
  await settle();
  await patched(hub, 5, { a: 5 });
  const asked = hub.take("ListSessionEvents");
  expect(asked.request).toMatchObject({ after: 0 });
  asked.answer(pageOf(1, 2, 3, 4, 5));
  await settle();
  await patched(hub, 6, { a: 6 });
  await settle();
  expect(sequences).toEqual([1, 2, 3, 4, 5, 6]);
});

test("readEvents_AReaderThatIsSlow_FindsInTheLogWhatTheBufferDidNotHold", async () => {
  const session = await join(1);
  const events = session.readEvents();
  const first = events.next();
  for (let sequence = 2; sequence <= 1_101; sequence++) await patched(hub, sequence, { a: sequence });
  expect((await first).value).toMatchObject({ sequence: 2 });
  for (let sequence = 3; sequence <= 1_002; sequence++) expect((await events.next()).value).toMatchObject({ sequence });
  const next = events.next();
  await settle();
  hub.take("ListSessionEvents").answer(pageOf(...Array.from({ length: 99 }, (_, i) => 1_003 + i)));
  expect((await next).value).toMatchObject({ sequence: 1_003 });
  await events.return?.();
});

test("readEvents_WhileTheConnectionIsLost_GoesOnAfterIt", async () => {
  const session = await join(3);
  const { sequences } = read(session, 2);
  await settle();
  hub.drop();
  await vi.advanceTimersByTimeAsync(10_000);
  hub = await hubs.at(-1)!.accept();
  await answerResume(hub, 3);
  await vi.advanceTimersByTimeAsync(1_000);
  hub.take("ListSessionEvents").answer(pageOf(3));
  await settle();
  await patched(hub, 4, { a: 4 });
  await settle();
  expect(sequences).toEqual([3, 4]);
});

test("readEvents_AfterAnotherHistory_GoesOnWithIt", async () => {
  const session = await join(5);
  const { sequences } = read(session);
  await settle();
  await hub.call("SessionReset", { ...ids, session: session.info, data: {}, dataSequence: 2, position: { epoch: "E2", sequence: 2 } });
  await patched(hub, 3, { a: 3 });
  await settle();
  expect(sequences).toEqual([3]);
});

test("readEvents_Aborted_ThrowsTheReason", async () => {
  const session = await join(1);
  const ending = new AbortController();
  const next = session.readEvents({ signal: ending.signal }).next();
  await settle();
  ending.abort(new Error("enough"));
  await expect(next).rejects.toThrow("enough");
});
