import type { Json } from "realtime-sessions";

/** What somebody typed where a value is wanted. */
export type TypedValue = { readonly value: Json; readonly kind: string } | { readonly problem: string };

/** Reads what was typed: JSON where it is JSON, else the text itself, so that words need no quotes. What begins like an array, an object or a quoted text has to be one. */
export function readValue(text: string): TypedValue {
  const trimmed = text.trim();
  try {
    const value = JSON.parse(trimmed) as Json;
    return { value, kind: kindOf(value) };
  } catch (error) {
    if (/^[[{"]/.test(trimmed)) return { problem: (error as Error).message };
    return { value: text, kind: "text" };
  }
}

/** A value as one would type it. */
export function writeValue(value: Json): string {
  if (typeof value !== "string") return JSON.stringify(value);
  const read = readValue(value);
  return "value" in read && read.value === value ? value : JSON.stringify(value);
}

/** What a value is, in a word. */
export function kindOf(value: Json): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  return { string: "text", number: "number", boolean: "true or false", object: "object" }[typeof value as "string" | "number" | "boolean" | "object"];
}
