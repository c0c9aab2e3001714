import { useEffect, useRef, useState, type KeyboardEvent } from "react";
import type { Json } from "realtime-sessions";
import { readValue, writeValue } from "./value-text";

interface EditorProps<T> {
  readonly label: string;
  /** Whether it cannot be told any more where this is: then it is not taken. */
  readonly isLost: boolean;
  readonly onDone: (value: T) => void;
  readonly onCancel: () => void;
  /** The keyboard has gone elsewhere. */
  readonly onBlur: () => void;
}

/** Edits a value in its place; says as what the typed text will be understood. */
export function ValueEditor({ value, ...props }: EditorProps<Json> & { readonly value: Json }) {
  const [text, setText] = useState(() => writeValue(value));
  const read = readValue(text);
  const problem = "problem" in read ? read.problem : read.value === null ? "null removes a name: use Remove" : undefined;
  return (
    <Editor {...props} text={text} problem={problem} hint={"kind" in read ? read.kind : undefined} onText={setText}
      onEnter={() => "value" in read && props.onDone(read.value)} />
  );
}

/** Edits a name in its place. */
export function NameEditor({ name, isTaken, ...props }: EditorProps<string> & { readonly name: string; readonly isTaken: (name: string) => boolean }) {
  const [text, setText] = useState(name);
  const problem = text === name ? undefined : isTaken(text) ? "there is one" : text === "__proto__" ? "not allowed" : undefined;
  return <Editor {...props} text={text} problem={problem} onText={setText} onEnter={() => (text === name ? props.onCancel() : props.onDone(text))} />;
}

interface TextProps extends Omit<EditorProps<never>, "onDone"> {
  readonly text: string;
  /** Why it cannot be taken; `undefined`: it can. */
  readonly problem: string | undefined;
  /** What is said where there is no problem. Default: nothing. */
  readonly hint?: string | undefined;
  readonly onText: (text: string) => void;
  readonly onEnter: () => void;
}

/** Enter takes what is typed where there is no problem, Escape does not; the row and the tree around hear nothing of it. */
function Editor({ label, isLost, text, hint, onText, onEnter, onCancel, onBlur, ...rest }: TextProps) {
  const problem = isLost ? "this has gone, or changed its place" : rest.problem;
  const input = useRef<HTMLInputElement>(null);
  // Once: who comes back from another window wants to go on typing.
  useEffect(() => input.current!.select(), []);

  function onKeyDown(event: KeyboardEvent) {
    event.stopPropagation();
    if (event.key === "Escape") onCancel();
    else if (event.key !== "Enter") return;
    else if (problem === undefined) onEnter();
    event.preventDefault();
  }

  return (
    <span className="editor" onDoubleClick={event => event.stopPropagation()}>
      <input ref={input} aria-label={label} aria-invalid={problem !== undefined} value={text} autoFocus spellCheck={false}
        onChange={event => onText(event.target.value)} onKeyDown={onKeyDown} onBlur={() => document.hasFocus() && onBlur()} />
      {(problem ?? hint) !== undefined && <span className={problem === undefined ? "badge accent" : "badge bad"} role="status">{problem ?? hint}</span>}
    </span>
  );
}
