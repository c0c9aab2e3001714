import { freezeJson } from "../../src/lib/json.js";
import { RealtimeError, type ErrorCode } from "../../src/protocol/errors.js";
import type { ChangeRequest } from "../../src/protocol/methods.js";
import type { Position, ResumePosition } from "../../src/protocol/objects.js";
import type { LogTypes } from "../../src/replica/log.js";
import type { Random } from "./random.js";

export const at = "2026-01-01T00:00:00Z";

/** What a member's connection brings: a call of the server, or the answer to one of the member's. */
export type Delivery<K extends LogTypes> =
  | { readonly kind: "event"; readonly event: K["event"] }
  | { readonly kind: "reset"; readonly reset: K["reset"] }
  | { readonly kind: "joined"; readonly answer: K["joined"] };

/** The smallest server that keeps the promises of PROTOCOL.md for one log: order, writers, resume, resets. */
export abstract class ModelServer<K extends LogTypes> {
  readonly #random: Random;
  #epoch = 1;
  #log: { readonly event: K["event"]; readonly member: string }[] = [];
  #writers = new Map<string, { readonly last: number; readonly sequence: number }>();
  #forgottenBefore = 0;

  constructor(random: Random) {
    this.#random = random;
  }

  /** Whether a connection is sent the events that it has made itself. */
  abstract readonly echoes: boolean;
  protected abstract readonly refusals: readonly ErrorCode[];
  protected abstract resetAt(position: Position): K["reset"];
  protected abstract joinedAt(member: string, position: Position, recovered: boolean): K["joined"];
  /** What the event of a call has besides what every event has. */
  protected abstract contentOf(member: string, call: K["call"]): object;
  protected abstract ackOf(event: K["event"], position: Position, duplicate: boolean): K["ack"];

  get sequence(): number {
    return this.#log.length;
  }

  get epoch(): string {
    return `E${this.#epoch}`;
  }

  get events(): readonly K["event"][] {
    return this.#log.map(entry => entry.event);
  }

  /** Applies a change of a member, or refuses it. */
  change(member: string, call: K["call"]): K["ack"] | RealtimeError {
    if (this.#random.chance(0.03)) return failure(this.#random.pick(["unavailable", "internal", "rate_limited", ...this.refusals]));
    const { writerId, writerSequence } = call.request as Required<ChangeRequest>;
    const writer = `${member}/${writerId}`;
    const { last, sequence } = this.#writers.get(writer) ?? { last: 0, sequence: 0 };
    if (writerSequence <= last) return this.ackOf(this.#log[sequence - 1]!.event, { epoch: this.epoch, sequence }, true);
    if (writerSequence > last + 1) return failure("writer_gap");
    this.append(member, { ...this.contentOf(member, call), writerId, writerSequence });
    this.#writers.set(writer, { last: writerSequence, sequence: this.sequence });
    // Made, but the answer says that this is not known.
    if (this.#random.chance(0.02)) return failure("unavailable");
    return this.ackOf(this.#log.at(-1)!.event, { epoch: this.epoch, sequence: this.sequence }, false);
  }

  /** What a join is answered, and what follows it. */
  join(member: string, since: ResumePosition | undefined): { readonly from: number; readonly deliveries: readonly Delivery<K>[] } {
    const recovered = since !== undefined && since.epoch === this.epoch && since.sequence <= this.sequence && since.sequence >= this.#forgottenBefore;
    const from = recovered ? since.sequence : this.sequence;
    const joined: Delivery<K> = { kind: "joined", answer: this.joinedAt(member, { epoch: this.epoch, sequence: from }, recovered) };
    return { from, deliveries: recovered ? [joined] : [joined, this.reset()] };
  }

  reset(): Delivery<K> {
    return { kind: "reset", reset: freezeJson(this.resetAt({ epoch: this.epoch, sequence: this.sequence })) };
  }

  deliver(sequence: number): Delivery<K> {
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

  protected append(member: string, content: object): void {
    const sequence = this.sequence + 1;
    const event = { sequence, eventId: `${this.epoch}-${sequence}`, createdAt: at, timestamp: at, source: "hub", ...content };
    this.#log.push({ event: freezeJson(event) as unknown as K["event"], member });
  }
}

function failure(code: ErrorCode): RealtimeError {
  return new RealtimeError(code, code);
}
