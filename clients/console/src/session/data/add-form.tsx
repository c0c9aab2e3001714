import { useEffect, useRef, type FormEvent } from "react";
import type { Json, JsonObject } from "realtime-sessions";
import type { Draft } from "../use-draft";
import { isObject, pointerOf, valueAt } from "./paths";
import type { Place } from "./places";
import { readValue } from "./value-text";

/** What is to be added. */
export interface Addition {
  /** What to add to; `undefined`: the document. */
  readonly to: Place | undefined;
  /** In an array there is none. */
  readonly name: string;
  readonly text: string;
}

export const noAddition: Addition = { to: undefined, name: "", text: "" };

interface AddFormProps {
  readonly data: JsonObject;
  readonly draft: Draft<Addition>;
  readonly isHidden: boolean;
  /** How often somebody has asked to add to something: each time the keyboard comes here. */
  readonly asked: number;
  /** @param name `undefined`: at the end of an array. */
  readonly onAdd: (to: Place, name: string | undefined, value: Json) => Promise<unknown> | undefined;
  /** The keyboard may go back to where it came from. */
  readonly onClose: () => void;
}

/** Adds a name with its value to an object, or an element to an array. */
export function AddForm({ data, draft, isHidden, asked, onAdd, onClose }: AddFormProps) {
  const { to, name, text } = draft.value;
  const form = useRef<HTMLFormElement>(null);
  const place = to ?? { path: [], data, isLost: false };
  const parent = valueAt(data, place.path);
  const isArray = Array.isArray(parent);
  const read = readValue(text);
  const problem = place.isLost || !(isArray || isObject(parent)) ? "It is gone, or has changed its place." : "problem" in read ? read.problem : isArray ? undefined : problemOf(name, read.value);
  useEffect(() => {
    if (asked > 0) form.current!.querySelector("input")!.focus();
  }, [asked]);

  function problemOf(added: string, value: Json): string | undefined {
    if (valueAt(data, [...place.path, added]) !== undefined) return `There is a “${added}” already.`;
    if (added === "__proto__") return "This name is not allowed.";
    return value === null ? "null removes a name: there is nothing to remove." : undefined;
  }

  function submit(event: FormEvent) {
    event.preventDefault();
    const added = problem === undefined && "value" in read ? onAdd(place, isArray ? undefined : name, read.value) : undefined;
    if (!added) return;
    draft.send(added);
    if (to) onClose();
  }

  function cancel() {
    draft.write(noAddition);
    onClose();
  }

  return (
    <form ref={form} className="add-form" hidden={isHidden} onSubmit={submit} aria-label={to ? `Add to ${pointerOf(to.path)}` : "Add to the data"}>
      {to && <span className="hint">to <code>{pointerOf(to.path)}</code></span>}
      {!isArray && <input aria-label="New name" placeholder="name" value={name} required spellCheck={false} onChange={event => draft.write({ name: event.target.value })} />}
      <input aria-label="New value" placeholder={isArray ? "element" : "value"} value={text} spellCheck={false} onChange={event => draft.write({ text: event.target.value })} />
      <button disabled={problem !== undefined}>Add</button>
      {to && <button type="button" className="quiet" onClick={cancel}>Cancel</button>}
      {problem !== undefined && <span className="badge bad" role="status">{problem}</span>}
    </form>
  );
}
