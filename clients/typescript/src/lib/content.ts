import { setMember, type Json } from "./json.js";

/** Says what of a value is not JSON, and where. */
export class NotJson extends Error {
  /** @param path Where, from `$`: `$.a[0]`. */
  constructor(readonly path: string, reason: string) {
    super(`${path} ${reason}.`);
    this.name = "NotJson";
  }
}

/**
 * A frozen copy of a value that an application gave.
 * @param maximumDepth How deep objects and arrays may nest; it also ends a value that holds itself.
 * @throws {NotJson} if the value is anything that would not arrive as it is.
 */
export function copyJson(value: unknown, maximumDepth: number, path = "$"): Json {
  switch (typeof value) {
    case "boolean":
      return value;
    case "number":
      if (!Number.isFinite(value)) throw new NotJson(path, `is ${value}, which JSON does not have`);
      return value === 0 ? 0 : value;
    case "string":
      return checkText(value, path);
    case "object":
      return value === null ? null : copyStructure(value, maximumDepth, path);
    default:
      throw new NotJson(path, `is of the type ${typeof value}, which JSON does not have`);
  }
}

function copyStructure(value: object, maximumDepth: number, path: string): Json {
  if (maximumDepth === 0) throw new NotJson(path, "nests too deep");
  if (Array.isArray(value)) {
    return Object.freeze(Array.from(value, (item: unknown, index) => copyJson(item, maximumDepth - 1, `${path}[${index}]`)));
  }
  if (!isPlain(value)) throw new NotJson(path, `is a ${value.constructor?.name || "class instance"}, which JSON does not have`);
  const copy: Record<string, Json> = {};
  for (const [name, member] of Object.entries(value)) {
    checkText(name, path);
    setMember(copy, name, copyJson(member, maximumDepth - 1, `${path}.${name}`));
  }
  return Object.freeze(copy);
}

/** Objects of another realm (a frame, a worker) are plain too, so the prototype's identity does not tell. */
function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || (Object.getPrototypeOf(prototype) === null && Object.hasOwn(prototype as object, "hasOwnProperty"));
}

function checkText(text: string, path: string): string {
  if (/\p{Surrogate}/u.test(text)) throw new NotJson(path, "holds text that is not Unicode");
  return text;
}
