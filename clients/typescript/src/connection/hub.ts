import { HttpTransportType, HubConnectionBuilder, JsonHubProtocol, LogLevel, type IHubProtocol } from "@microsoft/signalr";

/** What is used of a SignalR connection. It lives once. */
export interface Hub {
  start(): Promise<void>;
  stop(): Promise<void>;
  invoke(method: string, request: unknown): Promise<unknown>;
  on(callback: string, handler: (payload: unknown) => void): void;
  onclose(handler: (error?: Error) => void): void;
}

/** Where and how to connect. */
export interface HubOptions {
  /** The server's base address, or the hub's. */
  readonly url: string;
  /** Asked for a fresh token at every attempt. */
  readonly accessToken: () => string | Promise<string>;
  readonly protocol: "json" | "messagepack";
}

/** Makes connections with the official client: WebSockets only, without negotiation, so that no load balancer has to keep a client on one server. */
export function hubFactory({ url, accessToken, protocol }: HubOptions): () => Promise<Hub> {
  const address = hubAddress(url);
  return async () =>
    new HubConnectionBuilder()
      .withUrl(address, { skipNegotiation: true, transport: HttpTransportType.WebSockets, accessTokenFactory: accessToken })
      .withHubProtocol(protocol === "messagepack" ? await messagePackProtocol() : new JsonHubProtocol())
      .configureLogging(LogLevel.None)
      .build();
}

/** `https://host/base` and `https://host/base/hub` are both the hub at `https://host/base/hub`. */
export function hubAddress(url: string): string {
  const address = new URL(url, globalThis.location?.href);
  const path = address.pathname.replace(/\/+$/, "");
  address.pathname = path.endsWith("/hub") ? path : `${path}/hub`;
  return address.href;
}

/** Loaded only where it is used. */
async function messagePackProtocol(): Promise<IHubProtocol> {
  return new (await import("@microsoft/signalr-protocol-msgpack")).MessagePackHubProtocol({ ignoreUndefined: true });
}
