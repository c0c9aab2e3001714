import type { Connection } from "../connection/connection.js";
import type { Logger } from "../lib/log.js";
import type { ReplicaOptions } from "../replica/options.js";

/** What holds for whatever a client has joined. */
export interface SyncOptions extends ReplicaOptions {
  /** How long a gap in the events may last before it is joined again from its position, in milliseconds. Default 10,000. */
  readonly gapTimeout: number;
}

/** What it stands on. */
export interface SyncContext {
  readonly connection: Connection;
  readonly options: SyncOptions;
  readonly messagePack: boolean;
  readonly logger: Logger;
}

/** How a session or a conversation is left. */
export interface LeaveOptions {
  /** How long to wait for answers to own changes, in milliseconds; 0: not at all, `Infinity`: until they are there, or the client is closed. Default 5,000. */
  readonly timeout?: number;
}
