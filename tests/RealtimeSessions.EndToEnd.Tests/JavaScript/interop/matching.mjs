// Compares what came with what had to come.
import { isDeepStrictEqual, inspect } from "node:util";

export const Patience = 60_000;   // Long enough for a busy machine; reached only when a check fails.

export const Time = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,3})?Z$/;
export const Guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
export const Some = /^.+$/s;

/** Throws unless a value is this one, member by member and no member more; an expression stands for any text that it matches. */
export function like(actual, expected, at = "$") {
  if (expected instanceof RegExp) {
    if (typeof actual !== "string" || !expected.test(actual)) throw different(actual, expected, at);
  } else if (typeof expected === "object" && expected !== null) {
    if (typeof actual !== "object" || actual === null || Array.isArray(actual) !== Array.isArray(expected)) throw different(actual, expected, at);
    same(Object.keys(actual).sort(), Object.keys(expected).sort(), `members of ${at}`);
    for (const name of Object.keys(expected)) like(actual[name], expected[name], `${at}.${name}`);
  } else if (!Object.is(actual, expected)) throw different(actual, expected, at);
}

/** Throws unless two values are the same to the last bit. */
export function same(actual, expected, what = "$") {
  if (!isDeepStrictEqual(actual, expected)) throw different(actual, expected, what);
}

/** Waits for something, but not for ever. */
export async function patiently(promise, what) {
  let timer;
  const late = new Promise((_, reject) => timer = setTimeout(() => reject(new Error(`In vain: ${what()}`)), Patience));
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

function different(actual, expected, at) {
  return new Error(`${at}: expected ${brief(expected)}, got ${brief(actual)}`);
}

function brief(value) {
  const text = inspect(value, { depth: 4, maxArrayLength: 20, maxStringLength: 100, breakLength: Infinity });
  return text.length <= 500 ? text : text.slice(0, 500) + "…";
}
