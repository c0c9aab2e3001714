import { describe, expect, it } from "vitest";
import { readClaims } from "../../src/identity/claims";

const token = (claims: object) => `e30.${Buffer.from(JSON.stringify(claims)).toString("base64url")}.x`;

describe("readClaims", () => {
  it("reads subject, name and expiry", () => {
    expect(readClaims(token({ sub: "u1", name: "Zoë 😀", exp: 10 }))).toEqual({ subject: "u1", name: "Zoë 😀", expiresAt: 10_000 });
    expect(readClaims(token({ sub: "u1" }))).toEqual({ subject: "u1", name: "u1" });
  });

  it.each(["", "abc", "a.b.c", token({ name: "nobody" })])("refuses %j", text => {
    expect(() => readClaims(text)).toThrow();
  });
});
