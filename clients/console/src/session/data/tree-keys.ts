import type { RowAction } from "./data-row";
import type { Row } from "./rows";

/** What a key does in the tree: goes to a row, opens or closes the one it is on, or does something with it. */
export type TreeMove =
  | { readonly kind: "go"; readonly index: number }
  | { readonly kind: "toggle" }
  | { readonly kind: "act"; readonly action: RowAction };

const page = 12;

/**
 * The keys of a tree view (ARIA Authoring Practices), and those of editing: Enter for the value, F2 for the name, Insert or + for something new in it, Delete.
 * @param index The row that the keyboard is on; -1: none yet.
 */
export function treeMove(key: string, rows: readonly Row[], index: number, isReadOnly: boolean): TreeMove | undefined {
  const row = rows[index];
  const go = (to: number): TreeMove => ({ kind: "go", index: Math.max(0, Math.min(rows.length - 1, to)) });
  switch (key) {
    case "ArrowDown": return go(index + 1);
    case "ArrowUp": return go(index - 1);
    case "PageDown": return go(index + page);
    case "PageUp": return go(index - page);
    case "Home": return go(0);
    case "End": return go(rows.length - 1);
  }
  if (!row) return undefined;
  const act = (action: RowAction): TreeMove | undefined => (isReadOnly ? undefined : { kind: "act", action });
  switch (key) {
    case "ArrowRight": return row.isOpen ? go(index + 1) : row.size ? { kind: "toggle" } : undefined;
    case "ArrowLeft": return row.isOpen ? { kind: "toggle" } : row.level > 1 ? go(rows.findLastIndex((each, at) => at < index && each.level < row.level)) : undefined;
    case " ": return row.size ? { kind: "toggle" } : undefined;
    case "Enter": return row.size === undefined ? act("value") : { kind: "toggle" };
    case "F2": return typeof row.path.at(-1) === "string" ? act("name") : undefined;
    case "Insert": case "+": return row.size === undefined ? undefined : act("add");
    case "Delete": return act("remove");
    default: return undefined;
  }
}
