// Connections of the official client, and what every client of the hub needs beside it.
import { HubConnectionBuilder, HttpTransportType, JsonHubProtocol, LogLevel } from "@microsoft/signalr";
import { MessagePackHubProtocol } from "@microsoft/signalr-protocol-msgpack";

export async function connect(url, user, callbacks = {}, protocol = new JsonHubProtocol()) {
  const accessToken = await signIn(url, user);
  const hub = new HubConnectionBuilder()
    .withUrl(`${url}/hub`, { skipNegotiation: true, transport: HttpTransportType.WebSockets, accessTokenFactory: () => accessToken })
    .withHubProtocol(protocol)
    .configureLogging(LogLevel.None)
    .build();
  for (const [name, callback] of Object.entries(callbacks)) hub.on(name, callback);
  await hub.start();
  return hub;
}

/** The official client's protocol of a name. */
export function hubProtocol(name) {
  if (name === "json") return new JsonHubProtocol();
  if (name === "messagepack") return new MessagePackHubProtocol();
  throw new Error(`There is no protocol ${name}.`);
}

/** Closes the socket under a connection without a word; resolves when the connection has noticed. */
export function cut(hub) {
  return new Promise(resolve => {
    hub.onclose(resolve);
    hub.connection.transport._webSocket.terminate();
  });
}

/** RFC 7396. */
export function mergePatch(target, patch) {
  if (!isObject(patch)) return patch;
  const result = isObject(target) ? { ...target } : {};
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) delete result[name];
    else result[name] = mergePatch(result[name], value);
  }
  return result;
}

export async function signIn(url, user) {
  const response = await fetch(`${url}/dev/sign-in`, {
    method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ user }),
  });
  if (!response.ok) throw new Error(`Sign-in of ${user} was answered with ${response.status}.`);
  return (await response.json()).accessToken;
}

function isObject(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
