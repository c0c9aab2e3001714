/** A JSON value. Whatever this package hands out or keeps is frozen. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;

/** A JSON object. */
export interface JsonObject {
  readonly [name: string]: Json;
}

/** The object without members. */
export const emptyObject: JsonObject = Object.freeze({});

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** An object's own member, `undefined` where there is none, also for names such as `constructor` and `__proto__`. */
export function memberOf(value: JsonObject, name: string): Json | undefined {
  return Object.hasOwn(value, name) ? value[name] : undefined;
}

/** Sets a member that may be called `__proto__`, which a plain assignment would take for the prototype. */
export function setMember(target: Record<string, Json>, name: string, value: Json): void {
  if (name === "__proto__") Object.defineProperty(target, name, { value, writable: true, enumerable: true, configurable: true });
  else target[name] = value;
}

/** Whether two values are the same JSON; the order of members means nothing. */
export function sameJson(left: Json | undefined, right: Json | undefined): boolean {
  if (left === right) return true;
  if (Array.isArray(left) && Array.isArray(right)) {
    return left.length === right.length && left.every((value, index) => sameJson(value, right[index]));
  }
  if (!isObject(left) || !isObject(right)) return false;
  const names = Object.keys(left);
  return names.length === Object.keys(right).length && names.every(name => Object.hasOwn(right, name) && sameJson(left[name], right[name]));
}

/** Freezes what was just read from the wire, in depth. */
export function freezeJson<T>(value: T): T {
  if (typeof value === "object" && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const name of Object.keys(value)) freezeJson((value as Record<string, unknown>)[name]);
  }
  return value;
}

/** `next`, with the parts of `previous` in the place of those that are equal; `previous` itself if all is. */
export function shareJson(previous: Json | undefined, next: Json): Json {
  if (previous === next || previous === undefined) return next;
  if (!isObject(previous) || !isObject(next)) return sameJson(previous, next) ? previous : next;
  const names = Object.keys(next);
  let shared: Record<string, Json> | undefined;
  let same = names.length === Object.keys(previous).length;
  for (const name of names) {
    const before = memberOf(previous, name);
    const value = shareJson(before, next[name]!);
    same &&= value === before;
    if (value !== next[name]) setMember((shared ??= { ...next }), name, value);
  }
  return same ? previous : shared ? Object.freeze(shared) : next;
}
