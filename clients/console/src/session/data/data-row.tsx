import type { Json } from "realtime-sessions";
import { Avatar } from "../../design/avatar";
import { colorOf } from "../../lib/color";
import type { Touch } from "./activity";
import type { Row } from "./rows";
import { NameEditor, ValueEditor } from "./value-editor";
import { kindOf } from "./value-text";

/** What one can do with a row. */
export type RowAction = "value" | "name" | "add" | "remove";

interface DataRowProps {
  readonly row: Row;
  readonly id: string;
  readonly isActive: boolean;
  /** What of it is being edited. */
  readonly editing: "value" | "name" | undefined;
  /** Whether it cannot be told any more where what is being edited is. */
  readonly isLost: boolean;
  /** The change that is still lit, and the moment this is drawn at. */
  readonly touch: Touch | undefined;
  readonly now: number;
  /** Who else is at it. */
  readonly visitors: readonly string[];
  readonly isReadOnly: boolean;
  readonly isTaken: (name: string) => boolean;
  readonly onSelect: () => void;
  readonly onToggle: () => void;
  readonly onAct: (action: RowAction) => void;
  readonly onValue: (value: Json) => void;
  readonly onName: (name: string) => void;
  readonly onCancel: () => void;
  /** The keyboard has left what is edited. */
  readonly onBlur: () => void;
}

/** A line of the tree: a name with its value, or with what it holds. */
export function DataRow(props: DataRowProps) {
  const { row, id, isActive, editing, isLost, touch, now, visitors, isReadOnly, isTaken, onSelect, onToggle, onAct, onValue, onName, onCancel, onBlur } = props;
  const name = String(row.path.at(-1));
  const isElement = typeof row.path.at(-1) === "number";
  const isWithin = row.size !== undefined;
  return (
    <div
      id={id} role="treeitem" aria-level={row.level} aria-posinset={row.place} aria-setsize={row.siblings} aria-selected={isActive} data-pointer={row.pointer}
      {...(isWithin && { "aria-expanded": row.isOpen })} className={`data-row ${row.difference ?? ""}`} onClick={onSelect}
      onDoubleClick={() => (isWithin ? onToggle() : isReadOnly || onAct("value"))}
      style={{ paddingLeft: 6 + 18 * (row.level - 1) }}
    >
      {touch && <span key={touch.at} className="lit" style={{ animationDelay: `${touch.at - now}ms`, borderLeftColor: colorOf(touch.userId) }} />}
      {isWithin ? <span className="twisty" data-open={row.isOpen} onClick={onToggle} aria-hidden="true" /> : <span className="twisty" aria-hidden="true" />}
      {editing === "name" ? <NameEditor name={name} isTaken={isTaken} label={`New name of ${name}`} isLost={isLost} onDone={onName} onCancel={onCancel} onBlur={onBlur} />
        : <span className={isElement ? "name element" : "name"}>{name}</span>}
      {editing === "value" ? <ValueEditor value={row.value} label={`Value of ${name}`} isLost={isLost} onDone={onValue} onCancel={onCancel} onBlur={onBlur} />
        : <><Value row={row} />{row.difference === "changed" && <><span aria-label="now">→</span><ValueText value={row.now!} /></>}</>}
      {row.difference && row.difference !== "inside" && <span className="badge">{{ added: "added since", removed: "removed since", changed: "changed since" }[row.difference]}</span>}
      {visitors.map(userId => <Avatar key={userId} id={userId} note="is here" />)}
      {!isReadOnly && !editing && (
        <span className="row-actions">
          {!isWithin && <RowButton label={`Edit ${name}`} onPress={() => onAct("value")}>edit</RowButton>}
          {isWithin && <RowButton label={`Add to ${name}`} onPress={() => onAct("add")}>add</RowButton>}
          {!isElement && <RowButton label={`Rename ${name}`} onPress={() => onAct("name")}>rename</RowButton>}
          <RowButton label={`Remove ${name}`} onPress={() => onAct("remove")}>remove</RowButton>
        </span>
      )}
    </div>
  );
}

function Value({ row }: { readonly row: Row }) {
  if (row.size === undefined) return <ValueText value={row.value} />;
  const [open, close] = Array.isArray(row.value) ? "[]" : "{}";
  return <span className="value within">{row.size === 0 ? `${open}${close}` : `${open} ${row.size} ${close}`}</span>;
}

function ValueText({ value }: { readonly value: Json }) {
  const text = JSON.stringify(value);
  // A long text is cut where no line shows more of it; it is edited whole.
  return <span className={`value ${typeof value}`} title={kindOf(value)}>{text.length > 400 ? `${text.slice(0, 400)}…` : text}</span>;
}

/** Not reached by Tab: the keyboard has a key for each of them. */
function RowButton({ label, onPress, children }: { readonly label: string; readonly onPress: () => void; readonly children: string }) {
  return (
    <button className="quiet" tabIndex={-1} aria-label={label} onClick={event => {
      event.stopPropagation();
      onPress();
    }} onDoubleClick={event => event.stopPropagation()}>{children}</button>
  );
}
