import { useEffect, useId, useMemo, useRef, useState, type KeyboardEvent } from "react";
import type { Json, JsonObject } from "realtime-sessions";
import { VirtualRows, type VirtualRowsHandle } from "../../design/virtual-rows";
import type { Activity } from "./activity";
import { AddForm } from "./add-form";
import { DataRow, type RowAction } from "./data-row";
import type { Difference } from "./difference";
import { patchAt, renameAt } from "./edits";
import { pointerOf, valueAt } from "./paths";
import { rowLeftBy, rowsOf, type Row } from "./rows";
import { treeMove } from "./tree-keys";
import { visitorsOf } from "./visitors";

interface DataTreeProps {
  readonly data: JsonObject;
  /** To compare with: then nothing can be edited. */
  readonly compared?: { readonly now: JsonObject; readonly difference: Difference | undefined };
  readonly isReadOnly: boolean;
  readonly activity: Activity;
  /** Where the others are: users by the pointer of the row. */
  readonly others: ReadonlyMap<string, readonly string[]>;
  readonly onPatch: (patch: JsonObject) => void;
  /** The keyboard is on another row, or none. */
  readonly onVisit: (pointer: string | undefined) => void;
}

/** The row that the keyboard is on. */
interface Active {
  readonly pointer: string;
  /** What of it is being edited. */
  readonly editing?: "value" | "name" | "add";
  /** Where it goes, when it was given another name. */
  readonly goesTo?: string;
}

const rowHeight = 30;

/** The data as a tree: what has just changed lights up, and everything can be edited where it stands. */
export function DataTree({ data, compared, isReadOnly, activity, others, onPatch, onVisit }: DataTreeProps) {
  const [opened, setOpened] = useState<ReadonlyMap<string, boolean>>(new Map());
  const [active, setActive] = useState<Active>();
  const place = useRef(-1);
  const handle = useRef<VirtualRowsHandle>(null);
  const prefix = useId();
  const rows = useMemo(() => rowsOf({ data, opened, ...(compared && { compared }) }), [data, opened, compared]);
  const index = active === undefined ? -1 : rows.findIndex(row => row.pointer === active.pointer);
  const activeRow = rows[index];
  const editing = isReadOnly ? undefined : active?.editing;
  const visitors = visitorsOf(rows, others);
  const now = performance.now();

  useEffect(() => onVisit(activeRow?.pointer), [activeRow?.pointer]);
  useEffect(() => {
    if (activeRow || !active) {
      place.current = index;
      return;
    }
    // Somebody has removed it, or closed what it is in: the keyboard stays where it was.
    const left = rows.find(row => row.pointer === active.goesTo) ?? rowLeftBy(active.pointer, place.current, rows);
    setActive(left && { pointer: left.pointer });
    if (active.editing) handle.current?.element.focus();
  });

  const stop = () => setActive(before => before && { pointer: before.pointer });
  const finish = () => {
    stop();
    handle.current?.element.focus();
  };
  const edit = (patch: JsonObject) => {
    onPatch(patch);
    finish();
  };
  const rename = (row: Row, name: string) => {
    edit(renameAt(data, row.path, name));
    setActive({ pointer: row.pointer, goesTo: pointerOf([...row.path.slice(0, -1), name]) });
  };
  const toggle = (row: Row) => setOpened(before => new Map(before).set(row.pointer, !row.isOpen));
  const act = (row: Row, action: RowAction) => {
    if (action === "remove") edit(patchAt(data, row.path, undefined));
    setActive({ pointer: row.pointer, ...(action !== "remove" && { editing: action }) });
  };

  function onKeyDown(event: KeyboardEvent) {
    const move = treeMove(event.key, rows, index, isReadOnly);
    if (!move || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    if (move.kind === "toggle") toggle(activeRow!);
    else if (move.kind === "act") act(activeRow!, move.action);
    else if (rows[move.index]) {
      setActive({ pointer: rows[move.index]!.pointer });
      handle.current!.virtualizer.scrollToIndex(move.index);
    }
  }

  return (
    <>
      {rows.length === 0 && <p className="empty">There is nothing in the data yet.</p>}
      <VirtualRows count={rows.length} height={rowHeight} role="tree" label="Session data" className="data-tree" rows={handle} onKeyDown={onKeyDown}
        keyOf={at => rows[at]!.pointer} active={index} activeId={activeRow && `${prefix}${activeRow.pointer}`}>
        {at => {
          const row = rows[at]!;
          return (
            <DataRow
              row={row} id={`${prefix}${row.pointer}`} isActive={row === activeRow} editing={row === activeRow && editing !== "add" ? editing : undefined}
              touch={compared ? undefined : activity.shownAt(row.pointer, row.isOpen, now)} now={now} visitors={visitors.get(row.pointer) ?? []} isReadOnly={isReadOnly}
              isTaken={name => valueAt(data, [...row.path.slice(0, -1), name]) !== undefined} onSelect={() => row !== activeRow && setActive({ pointer: row.pointer })} onToggle={() => toggle(row)}
              onAct={action => act(row, action)} onValue={(value: Json) => edit(patchAt(data, row.path, value))} onName={name => rename(row, name)} onCancel={finish} onBlur={stop}
            />
          );
        }}
      </VirtualRows>
      {!isReadOnly && <AddForm data={data} path={editing === "add" ? activeRow?.path ?? [] : []} onAdd={onPatch} onClose={finish} key={editing === "add" ? active?.pointer : ""} isAsked={editing === "add"} />}
    </>
  );
}
