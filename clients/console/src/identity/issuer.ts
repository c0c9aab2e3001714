import { UserManager, WebStorageStateStore, type User } from "oidc-client-ts";
import { readClaims } from "./claims";
import type { Credentials } from "./credentials";
import type { ConsoleSettings } from "./settings";

/** Signs in by the configured OpenID Connect issuer: authorization code flow with PKCE (RFC 7636), the tokens in this tab only. */
export class Issuer {
  readonly #users: UserManager;

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

  /** Whoever was signed in before, or has just come back from the issuer. */
  async resume(): Promise<Credentials | undefined> {
    const query = new URLSearchParams(location.search);
    if (!query.has("state") || !(query.has("code") || query.has("error"))) return this.#credentials(await this.#users.getUser());
    try {
      const user = await this.#users.signinRedirectCallback();
      history.replaceState(null, "", location.pathname + (typeof user.state === "string" ? user.state : ""));
      return this.#credentials(user);
    } catch (error) {
      history.replaceState(null, "", location.pathname);
      throw error;
    }
  }

  #credentials(user: User | null): Credentials | undefined {
    if (!user || user.expired) return undefined;
    const claims = readClaims(user.access_token);
    return {
      name: user.profile.name ?? user.profile.preferred_username ?? claims.name,
      userId: claims.subject,
      accessToken: async () => {
        const current = await this.#users.getUser();
        // Only by a refresh token: the other way needs a frame with the issuer's page in it, and this page allows none.
        const valid = current?.expired && current.refresh_token ? await this.#users.signinSilent() : current;
        if (!valid || valid.expired) throw new Error("The sign-in has expired: sign in again.");
        return valid.access_token;
      },
      signOut: () => this.#users.removeUser(),
    };
  }
}
