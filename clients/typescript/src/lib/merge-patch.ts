import { isObject, memberOf, sameJson, setMember, type Json, type JsonObject } from "./json.js";

/** The objects that a series of patches has made: nobody has seen them, so the next patch may change them in place. */
export class Draft {
  readonly #made = new Set<JsonObject>();

  owns(value: JsonObject): boolean {
    return this.#made.has(value);
  }

  own<T extends JsonObject>(value: T): T {
    this.#made.add(value);
    return value;
  }

  /** From now on they are seen: they are frozen. */
  publish(): void {
    for (const value of this.#made) Object.freeze(value);
    this.#made.clear();
  }
}

/**
 * Applies a JSON Merge Patch (RFC 7396). Neither argument is changed; the result shares with the target whatever stayed, and is the target itself
 * if nothing changed.
 * @param target What to patch; `undefined` where there is nothing.
 * @param draft Of a series of patches: what it owns of the target is changed in place.
 */
export function mergePatch(target: Json | undefined, patch: JsonObject, draft?: Draft): JsonObject;
export function mergePatch(target: Json | undefined, patch: Json, draft?: Draft): Json;
export function mergePatch(target: Json | undefined, patch: Json, draft?: Draft): Json {
  if (!isObject(patch)) return target !== undefined && sameJson(target, patch) ? target : patch;
  const from = isObject(target) ? target : undefined;
  const begin = (): Record<string, Json> => (draft ? draft.own({ ...from }) : { ...from });
  let result: Record<string, Json> | undefined = from && !draft?.owns(from) ? undefined : (from ?? begin());
  for (const name of Object.keys(patch)) {
    const value = patch[name]!;
    const before = from && memberOf(from, name);
    if (value === null) {
      if (before !== undefined) delete (result ??= begin())[name];
      continue;
    }
    const after = mergePatch(before, value, draft);
    if (after !== before) setMember((result ??= begin()), name, after);
  }
  if (!result) return from!;
  return draft ? result : Object.freeze(result);
}

/** The merge patch that makes `to` of `from`: `{}` between objects where they are the same. */
export function diffPatch(from: JsonObject, to: JsonObject): JsonObject;
export function diffPatch(from: Json | undefined, to: Json): Json;
export function diffPatch(from: Json | undefined, to: Json): Json {
  if (!isObject(from) || !isObject(to)) return to;
  const patch: Record<string, Json> = {};
  for (const name of Object.keys(from)) {
    if (!Object.hasOwn(to, name)) setMember(patch, name, null);
  }
  for (const name of Object.keys(to)) {
    const before = memberOf(from, name);
    if (!sameJson(before, to[name])) setMember(patch, name, diffPatch(before, to[name]!));
  }
  return Object.freeze(patch);
}
