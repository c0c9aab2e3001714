import { vi } from "vitest";
import { RealtimeClient } from "../../src/client/realtime-client.js";
import type { RealtimeClientOptions } from "../../src/client/options.js";
import type { JsonObject } from "../../src/lib/json.js";
import { hubs, settle, type FakeHub } from "./fake-hub.js";

export const ids = { applicationId: "demo", sessionId: "board" };
const at = "2026-01-01T00:00:00.000Z";
const info = {
  ...ids, status: "open", isDraft: false, version: 1, name: "Board", description: "", participants: [], createdBy: "alice", createdAt: at, modifiedBy: "alice", modifiedAt: at,
  properties: {},
};

export function newClient(options: Partial<RealtimeClientOptions> = {}): RealtimeClient {
  hubs.length = 0;
  return new RealtimeClient({ url: "https://host", accessToken: () => "token", logger: vi.fn(), ...options });
}

/** The connection made last, once it is asked for. */
export async function accepted(): Promise<FakeHub> {
  await settle();
  return hubs.at(-1)!.accept();
}

/** Answers the join: the state at a sequence. */
export async function answerJoin(hub: FakeHub, data: JsonObject = {}, sequence = 1): Promise<void> {
  await settle();
  hub.take("JoinSession").answer({ session: info, position: { epoch: "E1", sequence }, recovered: false, connectionId: "c1", userId: "alice" });
  await hub.call("SessionReset", { ...ids, session: info, data: structuredClone(data), dataSequence: sequence, position: { epoch: "E1", sequence } });
}

export async function answerResume(hub: FakeHub, sequence: number): Promise<void> {
  await settle();
  hub.take("JoinSession").answer({ session: info, position: { epoch: "E1", sequence }, recovered: true, connectionId: "c2", userId: "alice" });
  await settle();
}

/** Somebody else's patch. */
export function patched(hub: FakeHub, sequence: number, data: JsonObject): Promise<void> {
  return hub.call("SessionDataUpdated", {
    ...ids, eventType: "session_data_updated", sequence, eventId: `e${sequence}`, createdAt: at, timestamp: at, source: "hub", userId: "bob", version: 1, data,
  });
}

export function ackAt(sequence: number) {
  return { position: { epoch: "E1", sequence }, count: 1, eventId: `e${sequence}`, createdAt: at, duplicate: false };
}
