import { isObject, memberOf, sameJson, setMember, type Json, type JsonObject } from "./json.js";

/**
 * Applies a JSON Merge Patch (RFC 7396). Neither argument is changed; the result shares with the target whatever stayed, and is the target itself
 * if nothing changed.
 * @param target What to patch; `undefined` where there is nothing.
 */
export function mergePatch(target: Json | undefined, patch: JsonObject): JsonObject;
export function mergePatch(target: Json | undefined, patch: Json): Json;
export function mergePatch(target: Json | undefined, patch: Json): Json {
  if (!isObject(patch)) return target !== undefined && sameJson(target, patch) ? target : patch;
  const from = isObject(target) ? target : undefined;
  let result: Record<string, Json> | undefined = from ? undefined : {};
  for (const name of Object.keys(patch)) {
    const value = patch[name]!;
    const before = from && memberOf(from, name);
    if (value === null) {
      if (before !== undefined) delete (result ??= { ...from })[name];
      continue;
    }
    const after = mergePatch(before, value);
    if (after !== before) setMember((result ??= { ...from }), name, after);
  }
  return result ? Object.freeze(result) : from!;
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
