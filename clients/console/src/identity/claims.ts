/** What a token says of its holder. The server alone judges whether it is true. */
export interface Claims {
  readonly subject: string;
  readonly name: string;
  /** In milliseconds since 1970; absent if it does not expire. */
  readonly expiresAt?: number;
}

/**
 * Reads the claims of a JSON Web Token (RFC 7519).
 * @throws {Error} It is none.
 */
export function readClaims(token: string): Claims {
  let claims: { sub?: unknown; name?: unknown; preferred_username?: unknown; exp?: unknown };
  try {
    const bytes = Uint8Array.from(atob(token.split(".")[1]!.replace(/-/g, "+").replace(/_/g, "/")), character => character.charCodeAt(0));
    claims = JSON.parse(new TextDecoder().decode(bytes)) as typeof claims;
  } catch (cause) {
    throw new Error("This is not a JSON Web Token: three parts with dots between them.", { cause });
  }
  if (typeof claims.sub !== "string") throw new Error("The token names no subject (sub).");
  const name = [claims.name, claims.preferred_username].find(value => typeof value === "string" && value !== "") as string | undefined;
  return { subject: claims.sub, name: name ?? claims.sub, ...(typeof claims.exp === "number" && { expiresAt: claims.exp * 1_000 }) };
}
