import { pointersAround } from "./paths";
import type { Row } from "./rows";

/**
 * Who is shown at which row: where somebody is at something that is not open, at what it is in.
 * @param others Users by the pointer of the row that they are at.
 */
export function visitorsOf(rows: readonly Row[], others: ReadonlyMap<string, readonly string[]>): Map<string, string[]> {
  const shown = new Map<string, string[]>();
  if (others.size === 0) return shown;
  const visible = new Set(rows.map(row => row.pointer));
  for (const [pointer, users] of others) {
    const at = [pointer, ...pointersAround(pointer).reverse()].find(each => visible.has(each));
    if (at !== undefined) shown.set(at, [...new Set([...(shown.get(at) ?? []), ...users])]);
  }
  return shown;
}
