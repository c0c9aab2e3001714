import type { Json, JsonObject } from "../lib/json.js";
import type { CommentAck, CommentPage, JoinedConversation } from "./conversation-answers.js";
import type { ConversationJoin, ConversationRequest, CreateCommentRequest, ListCommentsRequest, SpaceRequest } from "./conversation-requests.js";
import type { Watched } from "./feed.js";
import type { Ack, Application, JoinedSession, Participant, Position, ResumePosition, Role, Session } from "./objects.js";
import type { SessionEvent } from "./session-event.js";

/** Which application. */
export interface ApplicationRequest {
  readonly applicationId: string;
}

/** Which session. */
export interface SessionRequest extends ApplicationRequest {
  readonly sessionId: string;
}

/** A change of a session. */
export interface ChangeRequest {
  /** When it was made, by the client's clock: ISO 8601 in UTC. Default: the server's clock. */
  readonly timestamp?: string;
  /** The writer, to retry exactly once: `[A-Za-z0-9_-]{1,64}`. Default: none. */
  readonly writerId?: string;
  /** The writer's number of this change, consecutive from 1. */
  readonly writerSequence?: number;
}

/** A change of a session that is there. */
export interface SessionChangeRequest extends SessionRequest, ChangeRequest {
  /** Only if nothing that the change concerns has changed after this sequence; else `conflict`. Default: no condition. */
  readonly ifSequence?: number;
}

/** A session to be made. */
export interface CreateSessionRequest extends ApplicationRequest, ChangeRequest {
  /** At most 200 characters. */
  readonly name: string;
  /** At most 4,000 characters. Default: empty. */
  readonly description?: string;
  /** At most 64 of 1 KiB. Default: none. */
  readonly properties?: Readonly<Record<string, string>>;
  /** A version of the application. Default: the latest published one, else the latest draft. */
  readonly sessionVersion?: number;
  /** Besides the creator. Default: nobody. */
  readonly participants?: readonly Participant[];
  /** The first data. Default: `{}`. */
  readonly data?: JsonObject;
  /** `[A-Za-z0-9_-]{1,64}`. Default: the server's choice. */
  readonly sessionId?: string;
  /** What to do where somebody else's session has this id. Default `fail`. */
  readonly ifExists?: "fail" | "return";
}

/** Which sessions. */
export interface ListSessionsRequest extends ApplicationRequest {
  /** Default `open`. */
  readonly status?: "open" | "closed";
  /** All must match. Default: none. */
  readonly properties?: Readonly<Record<string, string>>;
  /** How many a page holds at most: 1 to 1,000, default 100. */
  readonly limit?: number;
  /** Where the page begins: the `cursor` of the one before. */
  readonly cursor?: string;
}

/** Which events. */
export interface ListSessionEventsRequest extends SessionRequest {
  /** Those after this sequence. Default 0. */
  readonly after?: number;
  /** Only custom events with one of these names. Default: everything. */
  readonly names?: readonly string[];
  /** How many a page holds at most: 1 to 1,000, default 100. */
  readonly limit?: number;
}

/** The hub's methods, each with what it takes and what it answers. */
export interface Methods {
  ListApplications: [request: Record<never, never>, answer: { readonly applications: readonly Application[] }];
  GetApplication: [request: ApplicationRequest, answer: Application];
  ListRoles: [request: ApplicationRequest, answer: { readonly roles: readonly Role[] }];
  CreateSession: [request: CreateSessionRequest, answer: Session & { readonly created: boolean }];
  GetSession: [request: SessionRequest, answer: Session];
  ListSessions: [request: ListSessionsRequest, answer: { readonly sessions: readonly Session[]; readonly cursor?: string }];
  PatchSession: [
    request: SessionChangeRequest & {
      readonly patch: {
        readonly name?: string; readonly description?: string;
        readonly properties?: Readonly<Record<string, string>>; readonly status?: "closed";
      };
    },
    answer: Ack,
  ];
  PatchSessionData: [request: SessionChangeRequest & { readonly data: JsonObject }, answer: Ack];
  GetSessionData: [
    request: SessionRequest & { readonly atSequence?: number },
    answer: { readonly data: JsonObject; readonly position: Position; readonly dataSequence: number },
  ];
  AddSessionParticipant: [request: SessionChangeRequest & { readonly participant: Participant }, answer: Ack];
  RemoveSessionParticipant: [request: SessionChangeRequest & { readonly participant: Omit<Participant, "role"> }, answer: Ack];
  CreateSessionEvent: [request: SessionChangeRequest & { readonly name: string; readonly data?: Json }, answer: Ack];
  ListSessionEvents: [
    request: ListSessionEventsRequest,
    answer: { readonly events: readonly SessionEvent[]; readonly position: Position; readonly firstAvailable: number },
  ];
  CloseSession: [request: SessionChangeRequest, answer: Ack];
  DeleteSession: [request: SessionChangeRequest, answer: Record<never, never>];
  JoinSession: [
    request: SessionRequest & { readonly since?: ResumePosition; readonly conflate?: boolean; readonly presence?: boolean | JsonObject },
    answer: JoinedSession,
  ];
  LeaveSession: [request: SessionRequest, answer: Record<never, never>];
  UpdatePresence: [request: SessionRequest & { readonly state: JsonObject }, answer: Record<never, never>];
  SendSignal: [request: SessionRequest & { readonly name: string; readonly data?: Json; readonly to?: string }, answer: Record<never, never>];
  WatchApplication: [
    request: ApplicationRequest & { readonly since?: ResumePosition; readonly properties?: Readonly<Record<string, string>> },
    answer: Watched,
  ];
  UnwatchApplication: [request: ApplicationRequest, answer: Record<never, never>];
  JoinConversation: [request: ConversationJoin, answer: JoinedConversation];
  LeaveConversation: [request: ConversationRequest, answer: Record<never, never>];
  CreateComment: [request: CreateCommentRequest, answer: CommentAck];
  ListComments: [request: ListCommentsRequest, answer: CommentPage];
  WatchSpace: [request: SpaceRequest & { readonly since?: ResumePosition }, answer: Watched];
  UnwatchSpace: [request: SpaceRequest, answer: Record<never, never>];
}

/** The name of a method of the hub. */
export type MethodName = keyof Methods;

/** Calls the hub. */
export type Invoke = <M extends MethodName>(method: M, request: Methods[M][0]) => Promise<Methods[M][1]>;
