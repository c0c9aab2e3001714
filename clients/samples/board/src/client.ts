import { RealtimeClient } from "realtime-sessions";

const query = new URLSearchParams(location.search);
const url = query.get("url") ?? "http://localhost:5080";
const protocol = query.get("protocol") === "messagepack" ? "messagepack" : "json";

/** Which session is the board. */
export const boardSession = { applicationId: "demo", sessionId: query.get("session") ?? "board" };

/** Opens a client for a user, and makes the board if there is none. Fails at once where the server cannot be reached. */
export async function openClient(user: string): Promise<RealtimeClient> {
  const accessToken = () => signIn(user);
  await accessToken();
  const client = new RealtimeClient({ url, protocol, accessToken });
  try {
    await client.createSession({ ...boardSession, name: "Board", participants: [{ type: "group", id: "everyone" }], ifExists: "return" });
    return client;
  } catch (error) {
    await client.close();
    throw error;
  }
}

/** A server in Development signs in whoever asks. In your product: whatever gives you a token. */
async function signIn(user: string): Promise<string> {
  const headers = { "Content-Type": "application/json" };
  const response = await fetch(new URL("/dev/sign-in", url), { method: "POST", headers, body: JSON.stringify({ user }) }).catch(cause => {
    throw new Error(`The server at ${url} cannot be reached.`, { cause });
  });
  if (!response.ok) throw new Error(`The server at ${url} refuses to sign in ${user} (${response.status}).`);
  return (await response.json()).accessToken;
}
