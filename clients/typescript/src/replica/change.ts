import type { Json } from "../lib/json.js";
import { jsonBytes, messagePackBytes } from "../lib/weight.js";
import { RealtimeError } from "../protocol/errors.js";
import type { ReplicaOptions } from "./options.js";

/** An own change on its way to its place in the confirmed order. */
export interface Change<C = unknown> {
  readonly content: C;
  /** When it was made: ISO 8601 in UTC. */
  readonly madeAt: string;
  /** Bytes of its content as compact JSON. */
  readonly weight: number;
  /** To be sent, sent, or answered. */
  state: "waiting" | "inFlight" | "acknowledged";
  /** Under what it was sent. */
  writer?: { readonly id: string; readonly sequence: number };
  /** Whether it was sent, under that, on an earlier connection too. */
  mayBeMade: boolean;
}

/** Bytes of a message that are kept for what stands around the content. */
const envelopeBytes = 1024;

/**
 * A change, if a message can hold it.
 * @param parts What of its content is as large as the application made it.
 * @param messagePack Whether messages are MessagePack, in which short fractions are larger than in JSON.
 */
export function makeChange<C>(content: C, parts: readonly Json[], madeAt: string, messagePack: boolean, options: ReplicaOptions): Change<C> {
  const weight = total(parts, jsonBytes);
  const limit = options.maximumMessageBytes - envelopeBytes;
  if (weight > limit || (messagePack && total(parts, messagePackBytes) > limit)) {
    throw new RealtimeError("payload_too_large", `A change may have ${limit} bytes.`, { limit });
  }
  return { content, madeAt, weight, state: "waiting", mayBeMade: false };
}

function total(parts: readonly Json[], bytes: (part: Json) => number): number {
  return parts.reduce<number>((sum, part) => sum + bytes(part), 0);
}
