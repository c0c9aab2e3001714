import { useEffect, useId, useMemo, useRef, useState, type KeyboardEvent } from "react";
import type { Json, JsonObject } from "realtime-sessions";
import { VirtualRows, type VirtualRowsHandle } from "../../design/virtual-rows";
import { useDraft } from "../use-draft";
import type { Activity } from "./activity";
import { AddForm, noAddition } from "./add-form";
import { DataRow, type RowAction } from "./data-row";
import type { Difference } from "./difference";
import { appendAt, patchAt, renameAt } from "./edits";
import { pointerOf, valueAt, type Path } from "./paths";
import { follow, type Place } from "./places";
import { rowLeftBy, rowsOf, type Row } from "./rows";
import { treeMove } from "./tree-keys";
import { visitorsOf } from "./visitors";

interface DataTreeProps {
  readonly data: JsonObject;
  /** The data of this very moment, of which `data` are what was drawn last. */
  readonly latest: () => JsonObject;
  /** To compare with: then nothing can be edited. */
  readonly compared?: { readonly now: JsonObject; readonly difference: Difference | undefined };
  readonly isReadOnly: boolean;
  readonly activity: Activity;
  /** Where the others are: users by the pointer of the row. */
  readonly others: ReadonlyMap<string, readonly string[]>;
  readonly onPatch: (patch: JsonObject) => Promise<unknown>;
  /** The keyboard is on another row, or none. */
  readonly onVisit: (pointer: string | undefined) => void;
}

/** The row that the keyboard is on. */
interface Active {
  readonly pointer: string;
  /** What of it is being edited, and where that is. */
  readonly editing?: { readonly what: "value" | "name"; readonly place: Place };
  /** Where it goes, when it was given another name. */
  readonly goesTo?: string;
}

const rowHeight = 30;

/** The data as a tree: what has just changed lights up, and everything can be edited where it stands. */
export function DataTree({ data, latest, compared, isReadOnly, activity, others, onPatch, onVisit }: DataTreeProps) {
  const [opened, setOpened] = useState<ReadonlyMap<string, boolean>>(new Map());
  const [active, setActive] = useState<Active>();
  const [asked, setAsked] = useState(0);
  const addition = useDraft(noAddition);
  const place = useRef(-1);
  const handle = useRef<VirtualRowsHandle>(null);
  const prefix = useId();
  const rows = useMemo(() => rowsOf({ data, opened, ...(compared && { compared }) }), [data, opened, compared]);
  const index = active === undefined ? -1 : rows.findIndex(row => row.pointer === active.pointer);
  const activeRow = rows[index];
  const editing = isReadOnly ? undefined : active?.editing;
  const visitors = visitorsOf(rows, others);
  const now = performance.now();
  const { to } = addition.value;

  // What one is busy with may stand elsewhere now.
  if (editing && editing.place.data !== data) {
    const place = follow(editing.place, data);
    setActive({ pointer: pointerOf(place.path), editing: { ...editing, place } });
  }
  if (!isReadOnly && to && to.data !== data) addition.write({ to: follow(to, data) });

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
  /** Edits what was drawn at a place, wherever it is by now; `undefined` if that cannot be told, as will be drawn. */
  const edit = (place: Place, patchOf: (data: JsonObject, path: Path) => JsonObject) => {
    const { isLost, data: today, path } = follow(place, latest());
    return isLost ? undefined : onPatch(patchOf(today, path));
  };
  const set = (place: Place, value: Json) => edit(place, (today, path) => patchAt(today, path, value)) && finish();
  const rename = (place: Place, name: string) => {
    if (!edit(place, (today, path) => renameAt(today, path, name))) return;
    finish();
    setActive({ pointer: pointerOf(place.path), goesTo: pointerOf([...place.path.slice(0, -1), name]) });
  };
  const add = (place: Place, name: string | undefined, value: Json) =>
    edit(place, (today, path) => (name === undefined ? appendAt(today, path, value) : patchAt(today, [...path, name], value)));
  const toggle = (row: Row) => setOpened(before => new Map(before).set(row.pointer, !row.isOpen));
  const act = (row: Row, action: RowAction) => {
    const place: Place = { path: row.path, data, isLost: false };
    setActive({ pointer: row.pointer, ...((action === "value" || action === "name") && { editing: { what: action, place } }) });
    if (action === "remove") {
      edit(place, (today, path) => patchAt(today, path, undefined));
      handle.current!.element.focus();
    } else if (action === "add") {
      addition.write({ to: place });
      setAsked(asked + 1);
    }
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
        keyOf={at => (editing && at === index ? "edited" : rows[at]!.pointer)} active={index} activeId={activeRow && `${prefix}${activeRow.pointer}`}>
        {at => {
          const row = rows[at]!;
          return (
            <DataRow
              row={row} id={`${prefix}${row.pointer}`} isActive={row === activeRow} editing={row === activeRow ? editing?.what : undefined} isLost={editing?.place.isLost ?? false}
              touch={compared ? undefined : activity.shownAt(row.pointer, row.isOpen, now)} now={now} visitors={visitors.get(row.pointer) ?? []} isReadOnly={isReadOnly}
              isTaken={name => valueAt(data, [...row.path.slice(0, -1), name]) !== undefined} onSelect={() => row !== activeRow && setActive({ pointer: row.pointer })} onToggle={() => toggle(row)}
              onAct={action => act(row, action)} onValue={value => set(editing!.place, value)} onName={name => rename(editing!.place, name)} onCancel={finish} onBlur={stop}
            />
          );
        }}
      </VirtualRows>
      <AddForm data={data} draft={addition} isHidden={isReadOnly} asked={asked} onAdd={add} onClose={finish} />
    </>
  );
}
