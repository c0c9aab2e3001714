import { serverUrl } from "../api/base";
import { readClaims } from "./claims";

/** Whoever is signed in. */
export interface Credentials {
  /** What to call him. */
  readonly name: string;
  /** His id, the token's subject. */
  readonly userId: string;
  /** A token that is valid for a while yet. Fails with `SignInEnded` where he has to sign in again. */
  accessToken(): Promise<string>;
  /** Forgets him. */
  signOut(): Promise<void>;
}

/** Whoever was signed in has to sign in again. */
export class SignInEnded extends Error {
  constructor(options?: ErrorOptions) {
    super("The sign-in has ended: sign in again.", options);
  }
}

/** A token is fetched again when it has no more than this left, in milliseconds. */
const margin = 60_000;

/** A user of a server in Development, for whom there is a token whenever one is wanted. */
export async function demoCredentials(user: string): Promise<Credentials> {
  let token = await demoToken(user);
  return {
    name: user,
    userId: user,
    async accessToken() {
      if (token.expiresAt - Date.now() < margin) token = await demoToken(user);
      return token.accessToken;
    },
    signOut: () => Promise.resolve(),
  };
}

/**
 * Whoever has a token.
 * @throws {Error} It is none, or it has expired.
 */
export function tokenCredentials(token: string): Credentials {
  const claims = readClaims(token);
  const isExpired = () => claims.expiresAt !== undefined && claims.expiresAt <= Date.now();
  if (isExpired()) throw new Error("The token has expired.");
  return {
    name: claims.name,
    userId: claims.subject,
    accessToken: () => (isExpired() ? Promise.reject(new SignInEnded()) : Promise.resolve(token)),
    signOut: () => Promise.resolve(),
  };
}

async function demoToken(user: string): Promise<{ readonly accessToken: string; readonly expiresAt: number }> {
  const request = { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ user }) };
  const response = await fetch(new URL("dev/sign-in", serverUrl), request).catch((cause: unknown) => {
    throw new Error("The server cannot be reached.", { cause });
  });
  const answer = (await response.json().catch(() => ({}))) as { accessToken?: string; expiresAt?: string; detail?: string };
  if (!response.ok || !answer.accessToken) throw new Error(answer.detail ?? `The server refuses to sign in ${user} (status ${response.status}).`);
  return { accessToken: answer.accessToken, expiresAt: Date.parse(answer.expiresAt ?? "") || Date.now() + margin };
}
