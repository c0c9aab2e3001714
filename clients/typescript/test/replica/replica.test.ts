import { expect, test } from "vitest";
import { eventOf } from "../../src/replica/session/change-wire.js";
import { defaultReplicaOptions } from "../../src/replica/options.js";
import { SessionReplica } from "../../src/replica/session/session-replica.js";
import type { Session } from "../../src/protocol/objects.js";

const at = "2026-01-01T00:00:00Z";
const session: Session = {
  applicationId: "demo", sessionId: "board", status: "open", isDraft: false, version: 1, name: "", description: "", participants: [], createdBy: "alice", createdAt: at,
  modifiedBy: "alice", modifiedAt: at, properties: {},
};
const ids = { applicationId: "demo", sessionId: "board" };

function joined(data = {}): SessionReplica {
  const replica = new SessionReplica({ options: defaultReplicaOptions, messagePack: false, drawWriterId: () => "w1" });
  replica.connected();
  replica.joined({ session, position: { epoch: "E1", sequence: 1 }, recovered: false, connectionId: "c", userId: "alice" });
  replica.reset({ ...ids, session, data, dataSequence: 1, position: { epoch: "E1", sequence: 1 } });
  replica.takeEffects();
  return replica;
}

test("Event_OfSomebodyElseUnderAnOwnWriter_IsNoOwnChange", () => {
  const replica = joined();
  const change = replica.patch({ a: 1 }, at);
  const ack = { position: { epoch: "E1", sequence: 2 }, count: 1, eventId: "e2", createdAt: at, duplicate: false };
  replica.event({ ...eventOf(change, ack, session, "mallory"), data: { a: 9 } } as never);
  expect([replica.pending, replica.view, replica.confirmed!.data]).toEqual([1, { a: 1 }, { a: 9 }]);
  replica.event({ ...eventOf(change, { ...ack, position: { epoch: "E1", sequence: 3 } }, session, "alice") });
  expect([replica.pending, replica.view, replica.status]).toEqual([0, { a: 1 }, "synchronized"]);
});

test("Event_OfATypeThatIsNotKnown_MovesThePositionOnly", () => {
  const replica = joined({ a: 1 });
  replica.event({ ...ids, eventType: "session_renumbered", sequence: 2, eventId: "e2", createdAt: at, userId: "bob" } as never);
  expect([replica.confirmed!.position.sequence, replica.view]).toEqual([2, { a: 1 }]);
});

test("View_OfManyChanges_IsWorkedOutOncePerRead", () => {
  const replica = joined(Object.fromEntries(Array.from({ length: 1_000 }, (_, index) => [`m${index}`, { x: index }])));
  for (let index = 0; index < 3_000; index++) replica.patch({ [`m${index % 1_000}`]: { y: index } }, at);
  const untouched = replica.view.m999;
  for (let sequence = 2; sequence < 300; sequence++) {
    replica.event({ ...ids, eventType: "session_data_updated", sequence, eventId: `e${sequence}`, createdAt: at, timestamp: at, source: "hub", userId: "bob", version: 1, data: { z: sequence } });
  }
  expect(replica.view.z).toBe(299);
  expect(replica.view.m999).toBe(untouched);
});
