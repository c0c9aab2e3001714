import { demoCredentials, tokenCredentials, type Credentials } from "./credentials";

/** How one had signed in, for as long as the tab is open: a reload asks no questions. */
type Remembered = { readonly kind: "demo"; readonly user: string } | { readonly kind: "token"; readonly token: string };

const key = "realtime-sessions.sign-in";

/** Signs in, and remembers it in this tab. */
export async function signInAs(way: Remembered): Promise<Credentials> {
  const credentials = way.kind === "demo" ? await demoCredentials(way.user) : tokenCredentials(way.token);
  sessionStorage.setItem(key, JSON.stringify(way));
  return { ...credentials, signOut: () => Promise.resolve(sessionStorage.removeItem(key)) };
}

/** Signs in as before the page was loaded again; `undefined` if nobody was, or it holds no more. */
export async function signInAgain(): Promise<Credentials | undefined> {
  const stored = sessionStorage.getItem(key);
  if (stored === null) return undefined;
  try {
    return await signInAs(JSON.parse(stored) as Remembered);
  } catch {
    sessionStorage.removeItem(key);
    return undefined;
  }
}
