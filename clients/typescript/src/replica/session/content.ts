import { copyJson, NotJson } from "../../lib/content.js";
import { emptyObject, isObject, type Json, type JsonObject } from "../../lib/json.js";
import { RealtimeError } from "../../protocol/errors.js";
import type { Change } from "../change.js";
import type { ReplicaOptions } from "../options.js";

/** What an application asks for: a patch of the data, or a custom event. */
export type ChangeContent =
  | { readonly kind: "patch"; readonly data: JsonObject }
  | { readonly kind: "event"; readonly name: string; readonly data?: Json };

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

/** Copies what an application gave as `data`. */
export function readJson(data: unknown, options: Pick<ReplicaOptions, "maximumDepth">): Json {
  try {
    return copyJson(data, options.maximumDepth, "$.data");
  } catch (error) {
    if (!(error instanceof NotJson)) throw error;
    throw new RealtimeError("invalid_argument", error.message, { path: error.path });
  }
}

/** What of a change counts as its weight. */
export function partsOf(content: ChangeContent): readonly Json[] {
  if (content.kind === "patch") return [content.data];
  return content.data === undefined ? [content.name] : [content.name, content.data];
}

/** The patch that a change lays over the data. */
export function patchOf({ content }: Change<ChangeContent>): JsonObject {
  return content.kind === "patch" ? content.data : emptyObject;
}
