import { serverUrl } from "../api/base";

/** What the server says of itself to whoever opens the console. */
export interface ConsoleSettings {
  /** The server's version. */
  readonly version: string;
  readonly signIn: {
    /** In Development: names to sign in with, without a password. */
    readonly demoUsers?: readonly string[];
    /** The issuer that signs users in, where one is configured. */
    readonly openIdConnect?: { readonly authority: string; readonly clientId: string; readonly scope: string };
  };
}

/** Asks for the settings. */
export async function fetchSettings(): Promise<ConsoleSettings> {
  const response = await fetch(new URL("console/settings.json", serverUrl), { cache: "no-store" }).catch((cause: unknown) => {
    throw new Error("The server cannot be reached.", { cause });
  });
  if (!response.ok) throw new Error(`The server does not tell how to sign in (status ${response.status}).`);
  return (await response.json()) as ConsoleSettings;
}
