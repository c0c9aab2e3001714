import { useState, type FormEvent } from "react";
import { Logo } from "../design/logo";
import { Notice } from "../design/notice";
import type { Credentials } from "./credentials";
import type { Issuer } from "./issuer";
import { signInAs } from "./remembered";
import type { ConsoleSettings } from "./settings";

interface SignInPageProps {
  readonly settings: ConsoleSettings;
  readonly issuer: Issuer | undefined;
  /** Why it did not work before. */
  readonly problem: string | undefined;
  /** Whose sign-in has ended, and how to go back to what he was at. Absent: nobody's. */
  readonly ended?: { readonly name: string; readonly onBack: () => void };
  readonly onSignedIn: (credentials: Credentials) => void;
}

/** Asks who one is: by the issuer, by a demo user's name, or by a token. */
export function SignInPage({ settings, issuer, problem: earlier, ended, onSignedIn }: SignInPageProps) {
  const [problem, setProblem] = useState(earlier);
  const [isBusy, setIsBusy] = useState(false);
  const { demoUsers } = settings.signIn;

  async function attempt(signIn: () => Promise<Credentials | void>) {
    setIsBusy(true);
    setProblem(undefined);
    try {
      const credentials = await signIn();
      if (credentials) onSignedIn(credentials);
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
      setIsBusy(false);
    }
  }

  const submit = (event: FormEvent<HTMLFormElement>, name: string, way: (value: string) => Parameters<typeof signInAs>[0]) => {
    event.preventDefault();
    const value = String(new FormData(event.currentTarget).get(name)).trim();
    void attempt(() => signInAs(way(value)));
  };

  return (
    <main className="sign-in">
      <div className="card">
        <h1><Logo /> RealtimeSessions</h1>
        {ended && (
          <Notice kind="hint">
            The sign-in of {ended.name} has ended. {issuer
              ? "To sign in, this page is left, and what has not been sent yet is lost; with a token of the same user one goes on where one was."
              : "As the same user one goes on where one was; with any other, what has not been sent yet is lost."}
          </Notice>
        )}
        {issuer && <button className="primary" disabled={isBusy} onClick={() => void attempt(() => issuer.signIn())}>Sign in</button>}
        {demoUsers && (
          <form onSubmit={event => submit(event, "user", user => ({ kind: "demo", user }))}>
            <label htmlFor="user">Your name</label>
            <p className="hint" id="user-hint">This server is in Development: any name will do. {demoUsers[0]} may do everything.</p>
            <div className="row">
              <input id="user" name="user" required maxLength={100} autoComplete="username" autoFocus list="users" aria-describedby="user-hint" />
              <button className="primary" disabled={isBusy}>Sign in</button>
            </div>
            <datalist id="users">{demoUsers.map(user => <option key={user} value={user} />)}</datalist>
            <div className="row" role="group" aria-label="Demo users">
              {demoUsers.map(user => (
                <button key={user} type="button" disabled={isBusy} onClick={() => void attempt(() => signInAs({ kind: "demo", user }))}>{user}</button>
              ))}
            </div>
          </form>
        )}
        <details open={!demoUsers && !issuer}>
          <summary>With a token</summary>
          <form onSubmit={event => submit(event, "token", token => ({ kind: "token", token }))}>
            <label htmlFor="token">A JSON Web Token that this server accepts</label>
            <textarea id="token" name="token" required rows={4} spellCheck={false} autoComplete="off" />
            <button disabled={isBusy}>Use the token</button>
          </form>
        </details>
        {problem && <Notice>{problem}</Notice>}
        {ended && <button type="button" onClick={ended.onBack}>Not now</button>}
        <p className="hint">Version {settings.version}</p>
      </div>
    </main>
  );
}
