import { copyJson, NotJson } from "../lib/content.js";
import { emptyObject, isObject, type Json, type JsonObject } from "../lib/json.js";
import { jsonBytes, messagePackBytes } from "../lib/weight.js";
import { RealtimeError } from "../protocol/errors.js";
import type { ReplicaOptions } from "./options.js";

/** What an application asks for: a patch of the data, or a custom event. */
export type ChangeContent =
  | { readonly kind: "patch"; readonly data: JsonObject }
  | { readonly kind: "event"; readonly name: string; readonly data?: Json };

/** An own change on its way to its place in the confirmed order. */
export interface Change {
  readonly content: ChangeContent;
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

/** Checks a patch that an application gave, and takes a copy. */
export function readPatch(data: unknown, options: Pick<ReplicaOptions, "maximumDepth">): ChangeContent & { readonly kind: "patch" } {
  const copy = readJson(data, options);
  if (!isObject(copy)) throw new RealtimeError("invalid_argument", "A patch must be an object.", { path: "$.data" });
  return { kind: "patch", data: copy };
}

/** Checks a custom event that an application gave, and takes a copy. `undefined` data are none. */
export function readEvent(name: unknown, data: unknown, options: ReplicaOptions): ChangeContent {
  if (typeof name !== "string" || /\p{Surrogate}/u.test(name)) {
    throw new RealtimeError("invalid_argument", "$.name is no text.", { path: "$.name" });
  }
  return data === undefined ? { kind: "event", name } : { kind: "event", name, data: readJson(data, options) };
}

/**
 * A change, if a message can hold it.
 * @param messagePack Whether messages are MessagePack, in which short fractions are larger than in JSON.
 */
export function makeChange(content: ChangeContent, madeAt: string, messagePack: boolean, options: ReplicaOptions): Change {
  const parts = content.kind === "patch" ? [content.data] : content.data === undefined ? [content.name] : [content.name, content.data];
  const weight = total(parts, jsonBytes);
  const limit = options.maximumMessageBytes - envelopeBytes;
  if (weight > limit || (messagePack && total(parts, messagePackBytes) > limit)) {
    throw new RealtimeError("payload_too_large", `A change may have ${limit} bytes.`, { limit });
  }
  return { content, madeAt, weight, state: "waiting", mayBeMade: false };
}

/** Copies what an application gave as `data`. */
export function readJson(data: unknown, options: Pick<ReplicaOptions, "maximumDepth">): Json {
  try {
    return copyJson(data, options.maximumDepth, "$.data");
  } catch (error) {
    if (!(error instanceof NotJson)) throw error;
    throw new RealtimeError("invalid_argument", error.message, { path: error.path });
  }
}

/** The patch that a change lays over the data. */
export function patchOf(change: Change): JsonObject {
  return change.content.kind === "patch" ? change.content.data : emptyObject;
}

function total(parts: readonly Json[], bytes: (part: Json) => number): number {
  return parts.reduce<number>((sum, part) => sum + bytes(part), 0);
}
