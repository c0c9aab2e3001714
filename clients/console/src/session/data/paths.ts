import type { Json, JsonObject } from "realtime-sessions";

/** Where something stands in a document: names of members, and numbers of an array's elements. The document itself: `[]`. */
export type Path = readonly (string | number)[];

/** A path as one text: a JSON Pointer (RFC 6901). */
export function pointerOf(path: Path): string {
  return path.map(step => `/${String(step).replace(/~/g, "~0").replace(/\//g, "~1")}`).join("");
}

/** The pointers of everything around a place, from the outside in, without the place and the document. */
export function pointersAround(pointer: string): string[] {
  const around: string[] = [];
  for (let end = pointer.indexOf("/", 1); end > 0; end = pointer.indexOf("/", end + 1)) around.push(pointer.slice(0, end));
  return around;
}

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** What stands at a path; `undefined` where nothing does. */
export function valueAt(data: Json, path: Path): Json | undefined {
  let value: Json | undefined = data;
  for (const step of path) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, step)) return undefined;
    value = (value as Record<string | number, Json>)[step];
  }
  return value;
}
