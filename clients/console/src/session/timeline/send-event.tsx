import { useState, type FormEvent } from "react";
import type { Json, LiveSession } from "realtime-sessions";

/** Sends a custom event. */
export function SendEvent({ session }: { readonly session: LiveSession }) {
  const [name, setName] = useState("");
  const [text, setText] = useState("");
  const [problem, setProblem] = useState<string>();

  async function submit(event: FormEvent) {
    event.preventDefault();
    setProblem(undefined);
    try {
      const data = text.trim() === "" ? undefined : (JSON.parse(text) as Json);
      const sent = session.sendEvent(name, data);
      setName("");
      setText("");
      await sent;
    } catch (error) {
      setProblem((error as Error).message);
    }
  }

  return (
    <form className="send-event" aria-label="Send a custom event" onSubmit={event => void submit(event)}>
      <input aria-label="Name of the event" placeholder="custom event" required maxLength={200} value={name} onChange={event => setName(event.target.value)} />
      <input className="mono" aria-label="Data of the event, as JSON" placeholder='data, such as {"x": 1}' spellCheck={false} value={text} onChange={event => setText(event.target.value)} />
      <button>Send</button>
      {problem && <p className="notice problem" role="alert">{problem}</p>}
    </form>
  );
}
