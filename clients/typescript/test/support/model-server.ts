import { emptyObject, freezeJson, type Json, type JsonObject } from "../../src/lib/json.js";
import { mergePatch } from "../../src/lib/merge-patch.js";
import { RealtimeError, type ErrorCode } from "../../src/protocol/errors.js";
import type { Ack, JoinedSession, ResumePosition, Session, SessionReset } from "../../src/protocol/objects.js";
import type { SessionEvent } from "../../src/protocol/session-event.js";
import type { ChangeCall } from "../../src/replica/session/change-wire.js";
import type { Random } from "./random.js";

const at = "2026-01-01T00:00:00Z";

const session: Session = {
  applicationId: "demo", sessionId: "board", status: "open", isDraft: false, version: 1, name: "Board", description: "",
  participants: [], createdBy: "alice", createdAt: at, modifiedBy: "alice", modifiedAt: at, properties: {},
};

/** What a member's connection brings: a call of the server, or the answer to one of the member's. */
export type Delivery =
  | { readonly kind: "event"; readonly event: SessionEvent }
  | { readonly kind: "reset"; readonly reset: SessionReset }
  | { readonly kind: "joined"; readonly answer: JoinedSession };

/** The smallest server that keeps the promises of PROTOCOL.md for one session: order, writers, resume, resets, Acks in the place of own events. */
export class ModelServer {
  readonly #random: Random;
  #epoch = 1;
  #log: { readonly event: SessionEvent; readonly member: string }[] = [];
  #writers = new Map<string, { readonly last: number; readonly sequence: number }>();
  #forgottenBefore = 0;

  constructor(random: Random) {
    this.#random = random;
  }

  get sequence(): number {
    return this.#log.length;
  }

  get epoch(): string {
    return `E${this.#epoch}`;
  }

  get events(): readonly SessionEvent[] {
    return this.#log.map(entry => entry.event);
  }

  data(): JsonObject {
    return this.#log.reduce<JsonObject>((data, { event }) => (event.eventType === "session_data_updated" ? mergePatch(data, event.data) : data), emptyObject);
  }

  /** Applies a change of a member, or refuses it. */
  change(member: string, { method, request }: ChangeCall): Ack | RealtimeError {
    if (this.#random.chance(0.03)) return failure(this.#random.pick(["forbidden", "unavailable", "internal", "rate_limited", "data_too_large"]));
    const writer = `${member}/${request.writerId}`;
    const { last, sequence } = this.#writers.get(writer) ?? { last: 0, sequence: 0 };
    if (request.writerSequence! <= last) return { position: { epoch: this.epoch, sequence }, count: 0, duplicate: true };
    if (request.writerSequence! > last + 1) return failure("writer_gap");
    const content = method === "PatchSessionData" ? { eventType: "session_data_updated", data: request.data } : { eventType: "session_event_created", name: request.name };
    this.#append(member, { ...content, userId: member, writerId: request.writerId!, writerSequence: request.writerSequence! });
    this.#writers.set(writer, { last: request.writerSequence!, sequence: this.sequence });
    const { eventId, createdAt } = this.#log.at(-1)!.event;
    // Made, but the answer says that this is not known.
    if (this.#random.chance(0.02)) return failure("unavailable");
    return { position: { epoch: this.epoch, sequence: this.sequence }, count: 1, eventId, createdAt, duplicate: false };
  }

  /** Somebody over REST. */
  patch(data: JsonObject): void {
    this.#append("rest", { eventType: "session_data_updated", data, userId: "bob" });
  }

  /** What a join is answered, and what follows it. */
  join(member: string, since: ResumePosition | undefined): { readonly recovered: boolean; readonly from: number; readonly deliveries: readonly Delivery[] } {
    const recovered = since !== undefined && since.epoch === this.epoch && since.sequence <= this.sequence && since.sequence >= this.#forgottenBefore;
    const from = recovered ? since.sequence : this.sequence;
    const answer = { session, position: { epoch: this.epoch, sequence: from }, recovered, connectionId: "c", userId: member };
    const joined: Delivery = { kind: "joined", answer };
    return { recovered, from, deliveries: recovered ? [joined] : [joined, this.reset()] };
  }

  reset(): Delivery {
    const position = { epoch: this.epoch, sequence: this.sequence };
    return { kind: "reset", reset: { applicationId: "demo", sessionId: "board", session, data: this.data(), dataSequence: this.sequence, position } };
  }

  /** What a member is sent of an event; nothing of an own one that it has made on this connection. */
  deliver(sequence: number): Delivery {
    return { kind: "event", event: this.#log[sequence - 1]!.event };
  }

  /** Nobody can resume from before now. */
  forgetHistory(): void {
    this.#forgottenBefore = this.sequence;
  }

  /** The end of the history is lost: a new epoch. */
  loseHistory(count: number): void {
    this.#log = this.#log.slice(0, Math.max(0, this.#log.length - count));
    this.#writers = new Map();
    for (const { member, event } of this.#log) {
      if (event.writerId) this.#writers.set(`${member}/${event.writerId}`, { last: event.writerSequence!, sequence: event.sequence });
    }
    this.#epoch++;
  }

  #append(member: string, content: Record<string, Json>): void {
    const sequence = this.sequence + 1;
    const event = {
      applicationId: "demo", sessionId: "board", sequence, eventId: `${this.epoch}-${sequence}`, createdAt: at, timestamp: at, source: "hub", version: 1, ...content,
    };
    this.#log.push({ event: freezeJson(event) as unknown as SessionEvent, member });
  }
}

function failure(code: ErrorCode): RealtimeError {
  return new RealtimeError(code, code);
}
