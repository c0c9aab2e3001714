import type { RealtimeError } from "../protocol/errors.js";
import type { MethodName, Methods } from "../protocol/methods.js";
import type { Ack, Position, ResumePosition } from "../protocol/objects.js";
import type { SessionEvent } from "../protocol/session-event.js";
import type { Change } from "./change.js";

/** A call that carries a change, without the ids of application and session. */
export type ChangeCall = {
  [M in MethodName & ("PatchSessionData" | "CreateSessionEvent")]: {
    readonly method: M;
    readonly request: Omit<Methods[M][0], "applicationId" | "sessionId">;
  };
}["PatchSessionData" | "CreateSessionEvent"];

/** Where a session stands. */
export type SyncStatus = "synchronized" | "synchronizing" | "disconnected";

/** What a replica wants done, and what it has to tell, in the order in which it happened. */
export type Effect =
  /** To be called: `JoinSession`. */
  | { readonly kind: "join"; readonly since: ResumePosition | undefined }
  /** To be called for a change. */
  | { readonly kind: "send"; readonly change: Change; readonly call: ChangeCall }
  /** `retryElapsed` is to be called after this time, in milliseconds. */
  | { readonly kind: "wait"; readonly milliseconds: number }
  /** The application's call for a change has succeeded, or failed. */
  | { readonly kind: "acknowledged"; readonly change: Change; readonly ack: Ack }
  | { readonly kind: "failed"; readonly change: Change; readonly error: RealtimeError }
  /** To be told. */
  | { readonly kind: "event"; readonly event: SessionEvent }
  | { readonly kind: "reset"; readonly position: Position }
  | { readonly kind: "refused"; readonly change: Change; readonly error: RealtimeError }
  | { readonly kind: "left"; readonly reason: string };
