import { useState, type FormEvent } from "react";
import type { Json, JsonObject } from "realtime-sessions";
import { useDraft } from "../use-draft";
import { isObject } from "./paths";

interface RawPatchProps {
  readonly isHidden: boolean;
  readonly onPatch: (patch: JsonObject) => Promise<unknown>;
}

const empty = { text: "" };

/** Any merge patch, written by hand. */
export function RawPatch({ isHidden, onPatch }: RawPatchProps) {
  const draft = useDraft(empty);
  const [problem, setProblem] = useState<string>();
  const { text } = draft.value;

  function submit(event: FormEvent) {
    event.preventDefault();
    let patch: Json;
    try {
      patch = JSON.parse(text) as Json;
    } catch (error) {
      return setProblem((error as Error).message);
    }
    if (!isObject(patch)) return setProblem("A patch is an object, such as {\"title\": \"Plans\"}.");
    setProblem(undefined);
    draft.send(onPatch(patch));
  }

  return (
    <form className="raw-patch" hidden={isHidden} onSubmit={submit}>
      <label htmlFor="raw-patch">A JSON merge patch</label>
      <textarea id="raw-patch" className="code" rows={4} spellCheck={false} value={text} placeholder={'{"title": "Plans", "shopping": {"milk": null}}'} aria-describedby="raw-patch-hint"
        onChange={event => draft.write({ text: event.target.value })} />
      <div className="row">
        <button className="primary" disabled={text.trim() === ""}>Apply the patch</button>
        <span className="hint" id="raw-patch-hint">Objects merge, arrays and values replace, null removes (RFC 7396).</span>
      </div>
      {problem && <p className="notice problem" role="alert">{problem}</p>}
    </form>
  );
}
