import type { RealtimeClient } from "realtime-sessions";
import { useState, type FormEvent } from "react";
import { openClient } from "./client";

export function SignIn({ onSignedIn }: { onSignedIn: (client: RealtimeClient) => void }) {
  const [isBusy, setIsBusy] = useState(false);
  const [problem, setProblem] = useState<string>();

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const name = String(new FormData(event.currentTarget).get("name")).trim();
    setIsBusy(true);
    setProblem(undefined);
    try {
      const client = await openClient(name);
      localStorage.setItem("name", name);
      onSignedIn(client);
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
      setIsBusy(false);
    }
  }

  return (
    <main className="sign-in">
      <form onSubmit={submit}>
        <h1>Board</h1>
        <label htmlFor="name">Your name</label>
        <input id="name" name="name" required maxLength={40} autoComplete="username" autoFocus defaultValue={localStorage.getItem("name") ?? ""} />
        <button className="primary" disabled={isBusy}>{isBusy ? "Opening …" : "Open the board"}</button>
        {problem && <p role="alert">{problem}</p>}
      </form>
    </main>
  );
}
