import { ErrorResponse, UserManager, WebStorageStateStore, type User } from "oidc-client-ts";
import { readClaims } from "./claims";
import { SignInEnded, type Credentials } from "./credentials";
import type { ConsoleSettings } from "./settings";

/** Signs in by the configured OpenID Connect issuer: authorization code flow with PKCE (RFC 7636), the tokens in this tab only. */
export class Issuer {
  readonly #users: UserManager;
  /** The question who is signed in that is under way. */
  #asked: Promise<User | undefined> | undefined;

  constructor({ authority, clientId, scope }: NonNullable<ConsoleSettings["signIn"]["openIdConnect"]>) {
    const here = new URL(".", document.baseURI).href;
    this.#users = new UserManager({
      authority, client_id: clientId, scope, redirect_uri: here, post_logout_redirect_uri: here,
      response_type: "code", userStore: new WebStorageStateStore({ store: sessionStorage }), automaticSilentRenew: false,
    });
  }

  /** Leaves the page for the issuer's. */
  signIn(): Promise<void> {
    return this.#users.signinRedirect({ state: location.hash });
  }

  /**
   * Whoever was signed in before, or has just come back from the issuer.
   * @throws {Error} He comes back without having been signed in, or the issuer does not answer.
   */
  async resume(): Promise<Credentials | undefined> {
    const query = new URLSearchParams(location.search);
    if (!query.has("state") || !(query.has("code") || query.has("error"))) return this.#credentials(await this.#user());
    try {
      const user = await this.#users.signinRedirectCallback();
      history.replaceState(null, "", location.pathname + (typeof user.state === "string" ? user.state : ""));
      return this.#credentials(user);
    } catch (error) {
      history.replaceState(null, "", location.pathname);
      throw error;
    }
  }

  /** Whoever is signed in, by a token that holds; `undefined`: nobody any more. A refresh token is used once: those who ask at the same time are answered together. */
  #user(): Promise<User | undefined> {
    return (this.#asked ??= this.#ask().finally(() => (this.#asked = undefined)));
  }

  async #ask(): Promise<User | undefined> {
    const user = await this.#users.getUser();
    if (!user?.expired) return user ?? undefined;
    // Only by a refresh token: the other way needs a frame with the issuer's page in it, and this page allows none.
    if (!user.refresh_token) return undefined;
    try {
      return (await this.#users.signinSilent()) ?? undefined;
    } catch (error) {
      if (error instanceof ErrorResponse) return undefined;
      throw error;
    }
  }

  #credentials(user: User | undefined): Credentials | undefined {
    if (!user) return undefined;
    const claims = readClaims(user.access_token);
    return {
      name: user.profile.name ?? user.profile.preferred_username ?? claims.name,
      userId: claims.subject,
      accessToken: async () => {
        const current = await this.#user();
        if (!current) throw new SignInEnded();
        return current.access_token;
      },
      signOut: () => this.#users.removeUser(),
    };
  }
}
