import type { RealtimeError } from "../protocol/errors.js";
import type { Position, ResumePosition } from "../protocol/objects.js";
import type { ChangeOf, LogTypes } from "./log.js";

/** Where a session or a conversation stands. */
export type SyncStatus = "synchronized" | "synchronizing" | "disconnected";

/** What a replica wants done, and what it has to tell, in the order in which it happened. */
export type Effect<K extends LogTypes> =
  /** To be joined. */
  | { readonly kind: "join"; readonly since: ResumePosition | undefined }
  /** To be called for a change. */
  | { readonly kind: "send"; readonly change: ChangeOf<K>; readonly call: K["call"] }
  /** `retryElapsed` is to be called after this time, in milliseconds. */
  | { readonly kind: "wait"; readonly milliseconds: number }
  /** The application's call for a change has succeeded, or failed. */
  | { readonly kind: "acknowledged"; readonly change: ChangeOf<K>; readonly ack: K["ack"] }
  | { readonly kind: "failed"; readonly change: ChangeOf<K>; readonly error: RealtimeError }
  /** To be told. */
  | { readonly kind: "event"; readonly event: K["event"] }
  | { readonly kind: "reset"; readonly position: Position }
  | { readonly kind: "refused"; readonly change: ChangeOf<K>; readonly error: RealtimeError }
  | { readonly kind: "left"; readonly reason: string };
