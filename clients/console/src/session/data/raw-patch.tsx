import { useState, type FormEvent } from "react";
import type { JsonObject } from "realtime-sessions";
import { isObject } from "./paths";

/** Any merge patch, written by hand. */
export function RawPatch({ onPatch }: { readonly onPatch: (patch: JsonObject) => void }) {
  const [text, setText] = useState("");
  const [problem, setProblem] = useState<string>();

  function submit(event: FormEvent) {
    event.preventDefault();
    try {
      const patch = JSON.parse(text) as JsonObject;
      if (!isObject(patch)) throw new Error("A patch is an object, such as {\"title\": \"Plans\"}.");
      onPatch(patch);
      setText("");
      setProblem(undefined);
    } catch (error) {
      setProblem((error as Error).message);
    }
  }

  return (
    <form className="raw-patch" onSubmit={submit}>
      <label htmlFor="raw-patch">A JSON merge patch</label>
      <textarea id="raw-patch" className="code" rows={4} spellCheck={false} value={text} placeholder={'{"title": "Plans", "shopping": {"milk": null}}'} aria-describedby="raw-patch-hint"
        onChange={event => setText(event.target.value)} />
      <div className="row">
        <button className="primary" disabled={text.trim() === ""}>Apply the patch</button>
        <span className="hint" id="raw-patch-hint">Objects merge, arrays and values replace, null removes (RFC 7396).</span>
      </div>
      {problem && <p className="notice problem" role="alert">{problem}</p>}
    </form>
  );
}
