import { render, screen, waitFor } from "@testing-library/react";
import { RealtimeError, type LiveSession, type RealtimeClient, type Session } from "realtime-sessions";
import { expect, vi } from "vitest";
import { HubProvider, type Hub } from "../../src/app/hub";
import { SessionPage } from "../../src/session/session-page";
import { TestLog } from "./timeline/log";

const info: Session = {
  applicationId: "demo", sessionId: "s", name: "Plans", description: "", properties: {}, participants: [{ id: "alice" }], status: "open", version: 1, isDraft: false,
  createdBy: "alice", createdAt: "2026-01-01T00:00:00Z", modifiedBy: "alice", modifiedAt: "2026-01-01T00:00:00Z",
};

/** A session's page, with what its live session tells and is told. */
export class Scene {
  readonly #handlers = new Map<string, Set<(value: unknown) => void>>();
  #log = new TestLog(0);
  /** What was made, in order. */
  readonly made: unknown[] = [];
  /** How what is made ends. */
  answer: () => Promise<unknown> = () => Promise.resolve();
  /** How adding a participant ends. */
  added: () => Promise<unknown> = () => Promise.resolve();

  readonly #session = {
    applicationId: "demo", sessionId: "s", data: { title: "Plans" }, info, position: { epoch: "e", sequence: 0 }, people: {}, userId: "alice", connectionId: "c", syncStatus: "synchronized",
    pendingChanges: 0, canUndo: false,
    on: (name: string, handler: (value: unknown) => void) => {
      const handlers = this.#handlers.get(name) ?? new Set();
      this.#handlers.set(name, handlers.add(handler));
      return () => handlers.delete(handler);
    },
    patch: (data: unknown) => (this.made.push(data), this.answer()),
    sendEvent: (name: string, data: unknown) => (this.made.push([name, data]), this.answer()),
    updatePresence: () => Promise.resolve(),
    leave: () => Promise.resolve(),
  };

  /** How many listen for something of the session. */
  listeners(name: string): number {
    return this.#handlers.get(name)?.size ?? 0;
  }

  tell(name: string, value?: unknown): void {
    for (const handler of [...(this.#handlers.get(name) ?? [])]) handler(value);
  }

  /** Somebody has sent a custom event. */
  append(name: string): void {
    const event = this.#log.append({ eventType: "session_event_created", name, createdAt: info.createdAt });
    this.#session.position = { ...this.#session.position, sequence: event.sequence };
    this.tell("event", event);
  }

  /** The log is another one, of one event. */
  beginAnew(name: string): void {
    this.#log = new TestLog(0);
    this.#session.position = { epoch: "f", sequence: 0 };
    this.tell("reset", this.#session.position);
    this.append(name);
  }

  async show(): Promise<void> {
    // What is drawn of a list is what is in view: the page has a size.
    vi.spyOn(HTMLElement.prototype, "clientHeight", "get").mockReturnValue(600);
    vi.spyOn(HTMLElement.prototype, "clientWidth", "get").mockReturnValue(400);
    const client = {
      state: "connected",
      on: () => () => undefined,
      joinSession: () => Promise.resolve(this.#session as unknown as LiveSession),
      listSessionEvents: ({ after = 0, limit }: { readonly after?: number; readonly limit: number }) => this.#log.read(after, limit),
      getSession: () => Promise.resolve(info),
      getSessionData: () => Promise.resolve({ data: { title: "Before" } }),
      listRoles: () => Promise.resolve({ roles: [] }),
      addSessionParticipant: ({ participant }: { readonly participant: unknown }) => (this.made.push(participant), this.added()),
    };
    const hub = { client: client as unknown as RealtimeClient } as Hub;
    render(<HubProvider value={hub}><SessionPage applicationId="demo" sessionId="s" /></HubProvider>);
    await screen.findByText('"Plans"');
    // What is shown does not listen yet in the same instant.
    await waitFor(() => expect(this.listeners("refused")).toBeGreaterThan(0));
  }
}

export const refusal = () => Promise.reject(new RealtimeError("forbidden", "You may not."));
