import { consoleLogger, type Logger } from "../lib/log.js";
import { defaultReplicaOptions } from "../replica/options.js";
import type { SyncOptions } from "../sync/options.js";

/** How a client connects, and its bounds. */
export interface RealtimeClientOptions extends Partial<SyncOptions> {
  /** The server's base address, `https://host` or `https://host/base`, or the hub's. */
  readonly url: string;
  /** Gives a bearer token; asked at every attempt to connect. */
  readonly accessToken: () => string | Promise<string>;
  /** How messages are written. Default `json`. */
  readonly protocol?: "json" | "messagepack";
  /** How long to wait for a connection, in milliseconds: one attempt, `connect`, a request, and joining and watching until the state is there. Default 15,000. */
  readonly connectTimeout?: number;
  /** Takes the lines of the log. Default: warnings and errors go to the console. */
  readonly logger?: Logger;
}

/** The options with what holds where nothing is said. */
export function withDefaults(options: RealtimeClientOptions) {
  return { ...defaultReplicaOptions, gapTimeout: 10_000, protocol: "json", connectTimeout: 15_000, logger: consoleLogger, ...options } as const;
}
