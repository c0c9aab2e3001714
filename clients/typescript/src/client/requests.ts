import type { MethodName, Methods } from "../protocol/methods.js";

/** How a call is made. */
export interface CallOptions {
  /** Ends the waiting; the call itself may still arrive. */
  readonly signal?: AbortSignal;
}

/** How a connection is waited for. */
export interface ConnectOptions {
  /** Ends the waiting. */
  readonly signal?: AbortSignal;
  /** How long to wait, in milliseconds; `Infinity`: until it is there. Default: the client's `connectTimeout`. */
  readonly timeout?: number;
}

const methods = {
  /** The applications that the caller may read, newest first. */
  listApplications: "ListApplications",
  /** An application. */
  getApplication: "GetApplication",
  /** The roles of an application. */
  listRoles: "ListRoles",
  /** Makes a session; with the id of one that the caller made before, answers that one (`created: false`). */
  createSession: "CreateSession",
  /** A session, without its data. */
  getSession: "GetSession",
  /** A page of the sessions that the caller may read, newest first. */
  listSessions: "ListSessions",
  /** The data of a session, now or as they were at a sequence. */
  getSessionData: "GetSessionData",
  /** A page of the events of a session. */
  listSessionEvents: "ListSessionEvents",
  /** Changes name, description, properties or status of a session. */
  patchSession: "PatchSession",
  /** Adds a participant, or changes his role. */
  addSessionParticipant: "AddSessionParticipant",
  /** Removes a participant. */
  removeSessionParticipant: "RemoveSessionParticipant",
  /** Closes a session: from then on it can only be read. */
  closeSession: "CloseSession",
  /** Deletes a session for good. */
  deleteSession: "DeleteSession",
  /** A page of the comments of a conversation, newest first. */
  listComments: "ListComments",
} as const satisfies Record<string, MethodName>;

type Table = typeof methods;

/** Those that change a session, and are answered with an Ack. */
const changing = ["PatchSession", "AddSessionParticipant", "RemoveSessionParticipant", "CloseSession"] as const satisfies readonly Table[keyof Table][];

/** Whether a method changes a session that is there. */
export function changesSession(method: MethodName): method is (typeof changing)[number] {
  return changing.some(each => each === method);
}

type Call<M extends MethodName> = Record<never, never> extends Methods[M][0]
  ? (request?: Methods[M][0], options?: CallOptions) => Promise<Methods[M][1]>
  : (request: Methods[M][0], options?: CallOptions) => Promise<Methods[M][1]>;

/** The calls of the hub that need no joined session. Each connects first where that is still to be done. Errors are `RealtimeError`s, as PROTOCOL.md lists them by method. */
export type Requests = { readonly [K in keyof Table]: Call<Table[K]> };

/** The calls, each by what makes any of them. */
export function requestsBy(call: (method: MethodName, request: object, options: CallOptions) => Promise<unknown>): Requests {
  const entries = Object.entries(methods).map(([name, method]) => [name, (request = {}, options: CallOptions = {}) => call(method, request, options)]);
  return Object.fromEntries(entries) as Requests;
}
