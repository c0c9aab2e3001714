// @vitest-environment happy-dom
import { afterEach, expect, it, vi } from "vitest";
import { Account } from "../../src/identity/account";
import { SignInEnded, tokenCredentials, type Credentials } from "../../src/identity/credentials";

afterEach(() => void vi.useRealTimers());

const of = (userId: string, token: string): Credentials & { isIn: boolean } => ({
  isIn: true, name: userId, userId, accessToken: () => Promise.resolve(token),
  signOut() {
    this.isIn = false;
    return Promise.resolve();
  },
});

it("renew_BySameUser_GoesOnWithTheNewCredentials", async () => {
  const [first, second] = [of("alice", "first"), of("alice", "second")];
  const account = new Account(first);
  expect(account.renew(second)).toBe(true);
  expect(await account.accessToken()).toBe("second");
  await account.signOut();
  expect([first.isIn, second.isIn]).toEqual([false, false]);
});

it("renew_BySomebodyElse_ChangesNothing", async () => {
  const account = new Account(of("alice", "first"));
  expect(account.renew(of("bob", "second"))).toBe(false);
  expect([account.userId, await account.accessToken()]).toEqual(["alice", "first"]);
});

it("tokenCredentials_AfterTheTokenHasExpired_SayThatTheSignInHasEnded", async () => {
  vi.useFakeTimers({ toFake: ["Date"], now: 1_000_000 });
  const credentials = tokenCredentials(`header.${btoa(JSON.stringify({ sub: "alice", exp: 1_060 }))}.signature`);
  expect(await credentials.accessToken()).toContain("header.");
  vi.setSystemTime(1_060_000);
  await expect(credentials.accessToken()).rejects.toBeInstanceOf(SignInEnded);
});
