import { useState, type FormEvent } from "react";
import type { JsonObject } from "realtime-sessions";
import { appendAt, patchAt } from "./edits";
import { pointerOf, valueAt, type Path } from "./paths";
import { readValue } from "./value-text";

interface AddFormProps {
  readonly data: JsonObject;
  /** What to add to; `[]`: the document. */
  readonly path: Path;
  /** Whether somebody has just asked to add to this: then the keyboard comes here, and goes back when it is done. */
  readonly isAsked: boolean;
  readonly onAdd: (patch: JsonObject) => void;
  readonly onClose: () => void;
}

/** Adds a name with its value to an object, or an element to an array. */
export function AddForm({ data, path, isAsked, onAdd, onClose }: AddFormProps) {
  const [name, setName] = useState("");
  const [text, setText] = useState("");
  const parent = path.length === 0 ? data : valueAt(data, path);
  const isArray = Array.isArray(parent);
  const read = readValue(text);
  const isTaken = !isArray && valueAt(data, [...path, name]) !== undefined;
  const problem = "problem" in read ? read.problem : isTaken ? `There is a “${name}” already.` : name === "__proto__" ? "This name is not allowed." : undefined;
  if (parent === undefined) return null;

  function submit(event: FormEvent) {
    event.preventDefault();
    if (problem !== undefined || !("value" in read)) return;
    onAdd(isArray ? appendAt(data, path, read.value) : patchAt(data, [...path, name], read.value));
    setName("");
    setText("");
    if (isAsked) onClose();
  }

  return (
    <form className="add-form" onSubmit={submit} aria-label={path.length === 0 ? "Add to the data" : `Add to ${pointerOf(path)}`}>
      {path.length > 0 && <span className="hint">to <code>{pointerOf(path)}</code></span>}
      {!isArray && <input aria-label="New name" placeholder="name" value={name} required autoFocus={isAsked} spellCheck={false} onChange={event => setName(event.target.value)} />}
      <input aria-label="New value" placeholder={isArray ? "element" : "value"} value={text} autoFocus={isAsked && isArray} spellCheck={false} onChange={event => setText(event.target.value)} />
      <button disabled={problem !== undefined}>Add</button>
      {isAsked && <button type="button" className="quiet" onClick={onClose}>Cancel</button>}
      {problem !== undefined && <span className="badge bad" role="status">{problem}</span>}
    </form>
  );
}
