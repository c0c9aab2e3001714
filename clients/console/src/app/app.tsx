import { useEffect, useState } from "react";
import { Account } from "../identity/account";
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
  const [signedIn, setSignedIn] = useState<SignedIn>();
  const [isSigningIn, setIsSigningIn] = useState(false);

  useEffect(() => {
    let isMounted = true;
    void begin(credentials => setSignedIn(open(credentials))).then(next => isMounted && setStart(next));
    return () => {
      isMounted = false;
    };
  }, []);

  async function signOut() {
    await signedIn?.account.signOut();
    await signedIn?.hub.client.close({ timeout: 1_000 });
    setSignedIn(undefined);
  }

  /** Whoever signs in again goes on where he was; anybody else begins anew. */
  function enter(credentials: Credentials) {
    setIsSigningIn(false);
    if (signedIn?.account.renew(credentials)) {
      signedIn.hub.client.wake();
    } else {
      void signedIn?.hub.client.close({ timeout: 0 });
      setSignedIn(open(credentials));
    }
  }

  if (start.at === "loading") return <main className="message" role="status">Opening the console …</main>;
  if (start.at === "failed") return <main className="message"><Notice>{start.problem}</Notice></main>;
  if (!signedIn) return <SignInPage {...start} onSignedIn={enter} />;
  const { hub, account } = signedIn;
  return (
    <>
      {isSigningIn && <SignInPage {...start} problem={undefined} ended={{ name: account.name, onBack: () => setIsSigningIn(false) }} onSignedIn={enter} />}
      <div className="frame" hidden={isSigningIn}>
        <HubProvider key={account.userId} value={hub}>
          <Shell onSignIn={() => setIsSigningIn(true)} onSignOut={() => void signOut()}><Pages /></Shell>
        </HubProvider>
      </div>
    </>
  );
}

/** Whoever is signed in, and the server as he uses it. */
interface SignedIn {
  readonly account: Account;
  readonly hub: Hub;
}

function open(credentials: Credentials): SignedIn {
  const account = new Account(credentials);
  return { account, hub: openHub(account) };
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
