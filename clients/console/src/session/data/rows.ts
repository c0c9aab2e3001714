import type { Json, JsonObject } from "realtime-sessions";
import type { Difference } from "./difference";
import { isObject, pointerOf, type Path } from "./paths";

/** A line of the tree. */
export interface Row {
  readonly path: Path;
  readonly pointer: string;
  /** How deep: members of the document are at 1. */
  readonly level: number;
  /** Its place among those beside it, from 1, and how many these are. */
  readonly place: number;
  readonly siblings: number;
  readonly value: Json;
  /** How many members or elements it has; absent of plain values. */
  readonly size?: number;
  readonly isOpen: boolean;
  /** Compared with the present: how it differs. */
  readonly difference?: Difference["kind"];
  /** Compared with the present: the value there, where it is another one. */
  readonly now?: Json | undefined;
}

/** What the tree shows. */
export interface RowSource {
  readonly data: JsonObject;
  /** Whether what has members is open, where somebody has said so. */
  readonly opened: ReadonlyMap<string, boolean>;
  /** To compare with: the present, and how the data differ from it. */
  readonly compared?: { readonly now: JsonObject; readonly difference: Difference | undefined };
}

/** What has more members than this is closed until somebody opens it. */
const openUpTo = 100;

/** What is deeper than this is closed until somebody opens it. */
const openLevels = 3;

/** The lines of the tree, from the top. Names stand in the alphabet's order, so that they stand alike wherever the session is looked at. */
export function rowsOf({ data, opened, compared }: RowSource): Row[] {
  const rows: Row[] = [];
  add(data, [], "", compared?.now, compared?.difference, undefined);
  return rows;

  /** @param within Whether all of it came, or went. */
  function add(parent: Json, path: Path, pointer: string, now: Json | undefined, difference: Difference | undefined, within: "added" | "removed" | undefined): void {
    const steps = stepsOf(parent, difference);
    steps.forEach((step, index) => {
      const own = difference?.members?.get(String(step));
      const later = isObject(now) && Object.hasOwn(now, step) ? now[step] : undefined;
      const value = (own?.kind === "added" ? later : (parent as Record<string | number, Json>)[step])!;
      const childPath = [...path, step];
      const childPointer = pointer + pointerOf([step]);
      const size = sizeOf(value);
      const isOpen = size !== undefined && size > 0 && (opened.get(childPointer) ?? (size <= openUpTo && childPath.length < openLevels));
      rows.push({
        path: childPath, pointer: childPointer, level: childPath.length, place: index + 1, siblings: steps.length, value, isOpen,
        ...(size !== undefined && { size }), ...(own ? { difference: own.kind, now: later } : within && { difference: within }),
      });
      if (isOpen) add(value, childPath, childPointer, later, own, own?.kind === "added" || own?.kind === "removed" ? own.kind : within);
    });
  }
}

/**
 * The row that takes the place of one that is gone: what it was in, where that is closed or empty now, or else whatever stands where it stood.
 * @param index Where it stood.
 */
export function rowLeftBy(pointer: string, index: number, rows: readonly Row[]): Row | undefined {
  return rows.findLast(row => !row.isOpen && pointer.startsWith(`${row.pointer}/`)) ?? rows[Math.min(index, rows.length - 1)];
}

function stepsOf(parent: Json, difference: Difference | undefined): readonly (string | number)[] {
  if (Array.isArray(parent)) return parent.map((_, index) => index);
  const names = namesOf(parent as JsonObject);
  const added = [...(difference?.members ?? [])].filter(([, { kind }]) => kind === "added").map(([name]) => name);
  return added.length === 0 ? names : [...names, ...added].sort(alphabet.compare);
}

const alphabet = new Intl.Collator("en", { numeric: true });
const sorted = new WeakMap<JsonObject, readonly string[]>();

/** An object's names in order. What has not changed is the same object, and is not sorted again. */
function namesOf(value: JsonObject): readonly string[] {
  let names = sorted.get(value);
  if (!names) sorted.set(value, (names = Object.keys(value).sort(alphabet.compare)));
  return names;
}

function sizeOf(value: Json): number | undefined {
  if (Array.isArray(value)) return value.length;
  return isObject(value) ? Object.keys(value).length : undefined;
}
