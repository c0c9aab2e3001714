// @vitest-environment happy-dom
// @vitest-environment-options { "url": "http://localhost/console/" }
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { SignInEnded } from "../../src/identity/credentials";
import { Issuer } from "../../src/identity/issuer";

const authority = "http://issuer";

/** A token of dora's, the n-th. */
const token = (n: number) => `header.${btoa(JSON.stringify({ sub: "dora-7", name: "Dora", jti: n }))}.signature`;

/** Remembers a sign-in whose first token lasts for so long yet, in seconds. */
function remember(expiresIn: number, refreshToken?: string): void {
  const user = {
    access_token: token(1), token_type: "Bearer", profile: { sub: "dora-7", name: "Dora" }, expires_at: Math.floor(Date.now() / 1_000) + expiresIn,
    ...(refreshToken && { refresh_token: refreshToken }),
  };
  sessionStorage.setItem(`oidc.user:${authority}:console`, JSON.stringify(user));
}

/** An issuer whose refresh tokens hold once. */
class TokenEndpoint {
  isDown = false;
  readonly used: string[] = [];
  #valid = "refresh-1";
  #issued = 1;

  readonly fetch = async (input: string | URL | Request, init?: RequestInit): Promise<Response> => {
    const url = String(input instanceof Request ? input.url : input);
    if (this.isDown) throw new TypeError("Failed to fetch");
    if (url.endsWith("/.well-known/openid-configuration")) return Response.json({ issuer: authority, token_endpoint: `${authority}/token` });
    const refreshToken = new URLSearchParams(String(init!.body)).get("refresh_token")!;
    this.used.push(refreshToken);
    if (refreshToken !== this.#valid) return Response.json({ error: "invalid_grant" }, { status: 400 });
    this.#valid = `refresh-${++this.#issued}`;
    return Response.json({ access_token: token(this.#issued), token_type: "Bearer", expires_in: 60, refresh_token: this.#valid });
  };
}

let endpoint: TokenEndpoint;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date"], now: new Date("2026-01-01T00:00:00Z") });
  endpoint = new TokenEndpoint();
  vi.stubGlobal("fetch", endpoint.fetch);
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  sessionStorage.clear();
});

const issuer = () => new Issuer({ authority, clientId: "console", scope: "openid offline_access" });
const later = (seconds: number) => vi.setSystemTime(Date.now() + seconds * 1_000);

describe("resume", () => {
  it("goes on with a token that holds", async () => {
    remember(60);
    expect(await (await issuer().resume())!.accessToken()).toBe(token(1));
    expect(endpoint.used).toEqual([]);
  });

  it("refreshes one that has expired", async () => {
    remember(-1, "refresh-1");
    const credentials = (await issuer().resume())!;
    expect([credentials.userId, credentials.name, await credentials.accessToken()]).toEqual(["dora-7", "Dora", token(2)]);
  });

  it("asks to sign in where an expired one cannot be refreshed, or no more", async () => {
    remember(-1);
    expect(await issuer().resume()).toBeUndefined();
    remember(-1, "revoked");
    expect(await issuer().resume()).toBeUndefined();
  });

  it("tells that the issuer does not answer", async () => {
    remember(-1, "refresh-1");
    endpoint.isDown = true;
    await expect(issuer().resume()).rejects.toThrow("Failed to fetch");
  });
});

describe("accessToken", () => {
  it("asked for by several at once, after it has expired, uses the refresh token once", async () => {
    remember(60, "refresh-1");
    const credentials = (await issuer().resume())!;
    later(61);
    expect(await Promise.all([1, 2, 3].map(() => credentials.accessToken()))).toEqual([token(2), token(2), token(2)]);
    later(61);
    expect(await credentials.accessToken()).toBe(token(3));
    expect(endpoint.used).toEqual(["refresh-1", "refresh-2"]);
  });

  it("is tried again after the issuer could not be reached", async () => {
    remember(60, "refresh-1");
    const credentials = (await issuer().resume())!;
    later(61);
    endpoint.isDown = true;
    await expect(credentials.accessToken()).rejects.not.toBeInstanceOf(SignInEnded);
    endpoint.isDown = false;
    expect(await credentials.accessToken()).toBe(token(2));
  });

  it("fails for good where one has to sign in again", async () => {
    remember(60, "revoked");
    const refused = (await issuer().resume())!;
    later(61);
    await expect(refused.accessToken()).rejects.toBeInstanceOf(SignInEnded);
    remember(60);
    const expired = (await issuer().resume())!;
    later(61);
    await expect(expired.accessToken()).rejects.toBeInstanceOf(SignInEnded);
  });
});
