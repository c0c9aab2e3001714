import type { Json } from "realtime-sessions";
import { isObject } from "./paths";

/** How a place of an earlier state differs from a later one: it came (`added`), went (`removed`), has another value (`changed`), or the difference is `inside`. */
export interface Difference {
  readonly kind: "added" | "removed" | "changed" | "inside";
  /** Of `inside`: the members that differ. */
  readonly members?: ReadonlyMap<string, Difference>;
}

/** Compares two states; `undefined` if they are the same. Arrays differ as a whole. */
export function differenceOf(then: Json | undefined, now: Json | undefined): Difference | undefined {
  if (then === now) return undefined;
  if (then === undefined) return { kind: "added" };
  if (now === undefined) return { kind: "removed" };
  if (!isObject(then) || !isObject(now)) return JSON.stringify(then) === JSON.stringify(now) ? undefined : { kind: "changed" };
  const members = new Map<string, Difference>();
  for (const name of new Set([...Object.keys(then), ...Object.keys(now)])) {
    const difference = differenceOf(Object.hasOwn(then, name) ? then[name] : undefined, Object.hasOwn(now, name) ? now[name] : undefined);
    if (difference) members.set(name, difference);
  }
  return members.size === 0 ? undefined : { kind: "inside", members };
}

/** How many values differ. */
export function countDifferences(difference: Difference | undefined): number {
  if (!difference) return 0;
  if (difference.kind !== "inside") return 1;
  let count = 0;
  for (const member of difference.members!.values()) count += countDifferences(member);
  return count;
}
