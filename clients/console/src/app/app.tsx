import { useEffect, useState } from "react";
import type { Credentials } from "../identity/credentials";
import { Issuer } from "../identity/issuer";
import { signInAgain } from "../identity/remembered";
import { fetchSettings, type ConsoleSettings } from "../identity/settings";
import { SignInPage } from "../identity/sign-in-page";
import { Notice } from "../design/notice";
import { HubProvider, openHub, type Hub } from "./hub";
import { Pages } from "./pages";
import { Shell } from "./shell";

type Start =
  | { readonly at: "loading" }
  | { readonly at: "failed"; readonly problem: string }
  | { readonly at: "ready"; readonly settings: ConsoleSettings; readonly issuer: Issuer | undefined; readonly problem: string | undefined };

/** Whoever was signed in before the page was loaded stays so; nobody else comes past the sign-in. */
export function App() {
  const [start, setStart] = useState<Start>({ at: "loading" });
  const [hub, setHub] = useState<Hub>();

  useEffect(() => {
    let isMounted = true;
    void begin(credentials => setHub(openHub(credentials))).then(next => isMounted && setStart(next));
    return () => {
      isMounted = false;
    };
  }, []);

  async function signOut() {
    await hub?.user.signOut();
    await hub?.client.close({ timeout: 1_000 });
    setHub(undefined);
  }

  if (start.at === "loading") return <main className="message" role="status">Opening the console …</main>;
  if (start.at === "failed") return <main className="message"><Notice>{start.problem}</Notice></main>;
  if (!hub) return <SignInPage {...start} onSignedIn={credentials => setHub(openHub(credentials))} />;
  return <HubProvider value={hub}><Shell onSignOut={() => void signOut()}><Pages /></Shell></HubProvider>;
}

async function begin(signedIn: (credentials: Credentials) => void): Promise<Start> {
  let settings: ConsoleSettings;
  try {
    settings = await fetchSettings();
  } catch (error) {
    return { at: "failed", problem: (error as Error).message };
  }
  const { openIdConnect } = settings.signIn;
  const issuer = openIdConnect && new Issuer(openIdConnect);
  try {
    const credentials = (await issuer?.resume()) ?? (await signInAgain());
    if (credentials) signedIn(credentials);
    return { at: "ready", settings, issuer, problem: undefined };
  } catch (error) {
    return { at: "ready", settings, issuer, problem: (error as Error).message };
  }
}
