import { useState, type KeyboardEvent } from "react";
import type { Json } from "realtime-sessions";
import { readValue, writeValue } from "./value-text";

interface EditorProps<T> {
  readonly label: string;
  readonly onDone: (value: T) => void;
  readonly onCancel: () => void;
}

/** Edits a value in its place; says as what the typed text will be understood. */
export function ValueEditor({ value, label, onDone, onCancel }: EditorProps<Json> & { readonly value: Json }) {
  const [text, setText] = useState(() => writeValue(value));
  const read = readValue(text);
  const problem = "problem" in read ? read.problem : read.value === null ? "null removes a name: use Remove" : undefined;
  const finish = () => (problem === undefined && "value" in read ? onDone(read.value) : undefined);
  return (
    <span className="editor">
      <input aria-label={label} aria-invalid={problem !== undefined} value={text} autoFocus onFocus={event => event.target.select()} spellCheck={false}
        onChange={event => setText(event.target.value)} onKeyDown={keys(finish, onCancel)} onBlur={onCancel} />
      <span className={problem === undefined ? "badge accent" : "badge bad"} role="status">{problem ?? ("kind" in read ? read.kind : "")}</span>
    </span>
  );
}

/** Edits a name in its place. */
export function NameEditor({ name, isTaken, label, onDone, onCancel }: EditorProps<string> & { readonly name: string; readonly isTaken: (name: string) => boolean }) {
  const [text, setText] = useState(name);
  const problem = text === name ? undefined : isTaken(text) ? "there is one" : text === "__proto__" ? "not allowed" : undefined;
  const finish = () => (text === name ? onCancel() : problem === undefined && onDone(text));
  return (
    <span className="editor">
      <input aria-label={label} aria-invalid={problem !== undefined} value={text} autoFocus onFocus={event => event.target.select()} spellCheck={false}
        onChange={event => setText(event.target.value)} onKeyDown={keys(finish, onCancel)} onBlur={onCancel} />
      {problem !== undefined && <span className="badge bad" role="status">{problem}</span>}
    </span>
  );
}

/** Enter takes it, Escape does not; the tree around hears nothing of what is typed. */
function keys(finish: () => void, cancel: () => void) {
  return (event: KeyboardEvent) => {
    event.stopPropagation();
    if (event.key === "Enter") finish();
    else if (event.key === "Escape") cancel();
    else return;
    event.preventDefault();
  };
}
