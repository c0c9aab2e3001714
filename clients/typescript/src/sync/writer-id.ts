/** A random id, `[A-Za-z0-9_-]{1,64}`. (`crypto.randomUUID` is missing on pages that do not come over HTTPS.) */
export function newWriterId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), byte => byte.toString(16).padStart(2, "0")).join("");
}
