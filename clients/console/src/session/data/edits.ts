import { diffPatch, type Json, type JsonObject } from "realtime-sessions";
import { isObject, valueAt, type Path } from "./paths";

/**
 * The merge patch that puts a value at a path. An object takes the place of another one whole. Arrays are replaced as a whole by a merge patch (RFC 7396), so a change within one is one of the
 * outermost array around it.
 * @param path Not that of the document itself.
 * @param value `undefined`: what stands there is removed.
 */
export function patchAt(data: JsonObject, path: Path, value: Json | undefined): JsonObject {
  const [name, ...rest] = path as [string, ...Path];
  const before = Object.hasOwn(data, name) ? data[name] : undefined;
  if (rest.length === 0) return { [name]: value === undefined ? null : diffPatch(before, value) };
  return { [name]: isObject(before) ? patchAt(before, rest, value) : changed(before as Json, rest, value) };
}

/** The merge patch that gives what stands at a path another name. */
export function renameAt(data: JsonObject, path: Path, name: string): JsonObject {
  const around = path.slice(0, -1);
  const { [path.at(-1)!]: value, ...others } = valueAt(data, around) as JsonObject;
  if (around.length === 0) return { [path[0]!]: null, [name]: value! };
  return patchAt(data, around, { ...others, [name]: value! });
}

/** The merge patch that adds an element at the end of an array. */
export function appendAt(data: JsonObject, path: Path, value: Json): JsonObject {
  return patchAt(data, path, [...(valueAt(data, path) as readonly Json[]), value]);
}

/** A value within an array, with something changed in it. */
function changed(target: Json, [step, ...rest]: Path, value: Json | undefined): Json {
  if (Array.isArray(target)) {
    const elements: Json[] = [...(target as readonly Json[])];
    if (rest.length > 0) elements[step as number] = changed(elements[step as number]!, rest, value);
    else if (value === undefined) elements.splice(step as number, 1);
    else elements[step as number] = value;
    return elements;
  }
  const { [step!]: before, ...others } = target as JsonObject;
  if (rest.length > 0) return { ...(target as JsonObject), [step!]: changed(before!, rest, value) };
  return value === undefined ? others : { ...(target as JsonObject), [step!]: value };
}
