import { useState, type FormEvent } from "react";
import type { Json, LiveSession } from "realtime-sessions";
import { useDraft } from "../use-draft";

interface SendEventProps {
  readonly session: LiveSession;
  readonly onMade: (made: Promise<unknown>) => void;
}

const empty = { name: "", text: "" };

/** Sends a custom event. */
export function SendEvent({ session, onMade }: SendEventProps) {
  const draft = useDraft(empty);
  const [problem, setProblem] = useState<string>();
  const { name, text } = draft.value;

  function submit(event: FormEvent) {
    event.preventDefault();
    let data: Json | undefined;
    try {
      data = text.trim() === "" ? undefined : (JSON.parse(text) as Json);
    } catch (error) {
      return setProblem((error as Error).message);
    }
    setProblem(undefined);
    const sent = session.sendEvent(name, data);
    onMade(sent);
    draft.send(sent);
  }

  return (
    <form className="send-event" aria-label="Send a custom event" onSubmit={submit}>
      <input aria-label="Name of the event" placeholder="custom event" required maxLength={200} value={name} onChange={event => draft.write({ name: event.target.value })} />
      <input className="mono" aria-label="Data of the event, as JSON" placeholder='data, such as {"x": 1}' spellCheck={false} value={text} onChange={event => draft.write({ text: event.target.value })} />
      <button>Send</button>
      {problem && <p className="notice problem" role="alert">{problem}</p>}
    </form>
  );
}
