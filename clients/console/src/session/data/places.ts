import type { Json, JsonObject } from "realtime-sessions";
import { isObject, type Path } from "./paths";

/** What somebody is busy with, while others change the data around it. */
export interface Place {
  readonly path: Path;
  /** The data in which it stands there. */
  readonly data: JsonObject;
  /** Whether it cannot be told any more where it is: the path may be that of something else. */
  readonly isLost: boolean;
}

/** The place in other data. */
export function follow({ path, data: then, isLost }: Place, data: JsonObject): Place {
  const now = isLost ? undefined : pathIn(data, path, then);
  return { path: now ?? path, data, isLost: now === undefined };
}

/** What is not in an array stands where it stood, whatever its value. */
function pathIn(now: Json | undefined, path: Path, then: Json): Path | undefined {
  if (path.length === 0 || now === then) return path;
  const [step, ...rest] = path as [string | number, ...Path];
  if (typeof step === "string") {
    if (Array.isArray(now)) return undefined;
    const below = pathIn(isObject(now) && Object.hasOwn(now, step) ? now[step] : undefined, rest, (then as JsonObject)[step]!);
    return below && [step, ...below];
  }
  const index = Array.isArray(now) ? indexIn(now, step, then as readonly Json[]) : undefined;
  const below = index === undefined ? undefined : pathIn((now as readonly Json[])[index], rest, (then as readonly Json[])[step]!);
  return below && [index!, ...below];
}

/** Where an array's element is now; `undefined` if it is gone, or that cannot be told. */
function indexIn(now: readonly Json[], index: number, then: readonly Json[]): number | undefined {
  const before = then.map(element => JSON.stringify(element));
  const after = now.map(element => JSON.stringify(element));
  const least = Math.min(before.length, after.length);
  let start = 0;
  while (start < least && before[start] === after[start]) start++;
  let end = 0;
  while (end < least - start && before.at(-1 - end) === after.at(-1 - end)) end++;
  if (index < start) return index;
  if (index >= before.length - end) return index + after.length - before.length;

  // Between what has stayed at the start and at the end.
  const was = before.slice(start, before.length - end);
  const is = after.slice(start, after.length - end);
  const same = (element: string) => element === before[index];
  if (was.filter(same).length === 1 && is.filter(same).length === 1) return start + is.findIndex(same);
  const stayed = new Set(was);
  // None of them stands anywhere else: they have got other values where they are.
  return was.length === is.length && !is.some(element => stayed.has(element)) ? index : undefined;
}
