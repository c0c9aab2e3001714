// What the live scripts share. They run against a server in Development: node <script> --url http://localhost:5080
import { RealtimeClient } from "realtime-sessions";

export const url = process.argv[process.argv.indexOf("--url") + 1] ?? "http://localhost:5080";
export const protocol = process.argv.includes("--messagepack") ? "messagepack" : "json";

export async function signIn(user) {
  const headers = { "Content-Type": "application/json" };
  const response = await fetch(`${url}/dev/sign-in`, { method: "POST", headers, body: JSON.stringify({ user }) });
  if (!response.ok) throw new Error(`Sign-in of ${user} was answered with ${response.status}.`);
  return (await response.json()).accessToken;
}

/** How long is waited for anything, in milliseconds: long enough for a busy machine, reached only when a script fails. */
export const patience = 60_000;

export function clientOf(user, options = {}) {
  return new RealtimeClient({ url, accessToken: () => signIn(user), protocol, connectTimeout: patience, ...options });
}

/** Asks over REST, as a user, what must succeed. */
export async function rest(user, method, path, body) {
  const headers = { "Content-Type": "application/json", Authorization: `Bearer ${await signIn(user)}` };
  const response = await fetch(`${url}/api/v1/${path}`, { method, headers, ...(body && { body: JSON.stringify(body) }) });
  if (!response.ok) throw new Error(`${method} ${path} was answered with ${response.status}: ${await response.text()}`);
  return response.status === 204 ? undefined : response.json();
}

/** Waits until something holds; fails with its name. */
export async function until(name, holds) {
  for (const end = Date.now() + patience; !holds(); await new Promise(resolve => setTimeout(resolve, 10))) {
    if (Date.now() > end) throw new Error(`It did not come to this: ${name}.`);
  }
}

export function check(name, holds) {
  if (!holds) throw new Error(`It is not so: ${name}.`);
}
