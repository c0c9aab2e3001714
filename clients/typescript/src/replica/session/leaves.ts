import { emptyObject, isObject, memberOf, sameJson, setMember, type Json, type JsonObject } from "../../lib/json.js";

/** The paths that a patch touches, as a tree: `true` at each of them. */
export type Touched = true | ReadonlyMap<string, Touched>;

/** What an own patch touched, as a tree. */
export type Leaves = Leaf | Branch;

interface Leaf {
  /** What was there; `undefined`: nothing. */
  readonly before: Json | undefined;
}

interface Branch {
  readonly members: Map<string, Leaves>;
  /** Whether the patch put this object where nothing was. */
  readonly made: boolean;
}

/** What a patch touches of what is there. `undefined`: it leaves it as it was. */
export function touchedBy(before: Json | undefined, patch: Json): Touched | undefined {
  if (patch === null) return before === undefined ? undefined : true;
  if (!isObject(patch)) return sameJson(before, patch) ? undefined : true;
  if (before !== undefined && !isObject(before)) return true;
  const tree = new Map<string, Touched>();
  for (const name of Object.keys(patch)) {
    const touched = touchedBy(before && memberOf(before, name), patch[name]!);
    if (touched) tree.set(name, touched);
  }
  if (tree.size > 0) return tree;
  return before === undefined ? true : undefined;
}

/** The leaves of a patch, with what was there before it. `undefined`: it leaves all as it was. */
export function leavesOf(before: JsonObject, patch: JsonObject): Leaves | undefined {
  const touched = touchedBy(before, patch);
  return touched && collect(before, touched);
}

function collect(before: Json | undefined, touched: Touched): Leaves {
  if (touched === true) return { before };
  const members = new Map<string, Leaves>();
  for (const [name, below] of touched) members.set(name, collect(isObject(before) ? memberOf(before, name) : undefined, below));
  return { members, made: before === undefined };
}

/** Forgets the leaves that are touched, or stand above or below what is. `undefined`: none is left. */
export function forget(leaves: Leaves, touched: Touched): Leaves | undefined {
  if (touched === true || !("members" in leaves)) return undefined;
  for (const [name, below] of touched) {
    const member = leaves.members.get(name);
    if (member && !forget(member, below)) leaves.members.delete(name);
  }
  return leaves.members.size > 0 ? leaves : undefined;
}

/**
 * A value with what was there before at the leaves; objects that their patch had made go too, where that leaves them empty.
 * @returns `undefined` if nothing is left there.
 */
export function restore(value: Json | undefined, leaves: Leaves): Json | undefined {
  if (!("members" in leaves)) return leaves.before;
  const object = isObject(value) ? value : emptyObject;
  let copy: Record<string, Json> | undefined;
  for (const [name, below] of leaves.members) {
    const member = memberOf(object, name);
    const restored = restore(member, below);
    if (restored === member) continue;
    copy ??= { ...object };
    if (restored === undefined) delete copy[name];
    else setMember(copy, name, restored);
  }
  if (!copy) return value;
  return leaves.made && Object.keys(copy).length === 0 ? undefined : copy;
}
