import type { Credentials } from "./credentials";

/** Whoever is signed in, by his latest credentials: where they end, he signs in again without anything of his being lost. */
export class Account implements Credentials {
  readonly #all: [Credentials, ...Credentials[]];

  constructor(credentials: Credentials) {
    this.#all = [credentials];
  }

  get name(): string {
    return this.#all[0].name;
  }

  get userId(): string {
    return this.#all[0].userId;
  }

  accessToken(): Promise<string> {
    return this.#all[0].accessToken();
  }

  /** Goes on with others. Returns whether they are his; those of somebody else change nothing. */
  renew(credentials: Credentials): boolean {
    if (credentials.userId !== this.userId) return false;
    this.#all.unshift(credentials);
    return true;
  }

  async signOut(): Promise<void> {
    await Promise.all(this.#all.map(credentials => credentials.signOut()));
  }
}
