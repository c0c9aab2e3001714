import { expect } from "vitest";
import { freezeJson, type JsonObject } from "../../src/lib/json.js";
import { RealtimeError, type ErrorCode } from "../../src/protocol/errors.js";
import { eventCallbacks, type SessionEvent } from "../../src/protocol/session-event.js";
import type { Ack, Session, SessionReset } from "../../src/protocol/objects.js";
import type { Effect } from "../../src/replica/effects.js";
import type { ChangeOf, LogTypes } from "../../src/replica/log.js";
import { defaultReplicaOptions, type ReplicaOptions } from "../../src/replica/options.js";
import type { SessionTypes } from "../../src/replica/session/session-log.js";
import { SessionReplica } from "../../src/replica/session/session-replica.js";

type Change = ChangeOf<SessionTypes>;
export type Step = Record<string, unknown> & { expect?: Record<string, unknown> };

export interface ReplicaCase {
  readonly name: string;
  readonly options?: Partial<ReplicaOptions>;
  readonly steps: readonly Step[];
}

export const madeAt = "2026-01-01T00:00:00Z";
export const eventId = (sequence: number) => `00000000-0000-7000-8000-${String(sequence).padStart(12, "0")}`;

const session: Session = {
  applicationId: "demo", sessionId: "board", status: "open", isDraft: false, version: 1, name: "Board", description: "",
  participants: [{ id: "alice", type: "user" }], createdBy: "alice", createdAt: madeAt, modifiedBy: "alice", modifiedAt: madeAt, properties: {},
};

/** Runs one of tests/vectors/replica (README.md there) and checks what it expects. */
export function runCase({ options, steps }: ReplicaCase): void {
  const run = new Run({ ...defaultReplicaOptions, ...options });
  steps.forEach((step, index) => {
    const happened = run.take(step);
    const where = `step ${index + 1}: ${JSON.stringify(step)}`;
    const { expect: expected } = step;
    if (!expected) return;
    for (const name of ["sends", "told", "settled"] as const) expect(happened[name], `${name}, ${where}`).toEqual(expected[name] ?? []);
    expect(happened.undone, `undone, ${where}`).toBe(expected.undone ?? false);
    const state = run.state();
    for (const name of ["data", "confirmed", "position", "status", "pending", "canUndo"] as const) {
      if (name in expected) expect(state[name], `${name}, ${where}`).toEqual(expected[name]);
    }
    if ("session" in expected) expect(state.session, `session, ${where}`).toMatchObject(expected.session as object);
  });
}

class Run {
  readonly #replica: SessionReplica;
  readonly #changes: Change[] = [];
  #writers = 0;

  constructor(options: ReplicaOptions) {
    this.#replica = new SessionReplica({ options, messagePack: false, drawWriterId: () => `w${++this.#writers}` });
  }

  state() {
    const { confirmed, view, status, pending, canUndo } = this.#replica;
    const position = confirmed && { epoch: confirmed.position.epoch, sequence: confirmed.position.sequence };
    return { data: view, confirmed: confirmed?.data, session: confirmed?.session, position: position ?? null, status, pending, canUndo };
  }

  take(step: Step) {
    const settled: unknown[] = [];
    let undone = false;
    try {
      undone = this.#act(step);
    } catch (error) {
      settled.push([null, { error: (error as RealtimeError).code }]);
    }
    return { ...readEffects(this.#replica.takeEffects(), "JoinSession", this.#changes, settled), undone };
  }

  #act(step: Step): boolean {
    const replica = this.#replica;
    if (step.connected) replica.connected();
    else if (step.disconnected) replica.disconnected();
    else if (step.joined) replica.joined({ session, connectionId: "c1", userId: "alice", ...(step.joined as { position: never; recovered: boolean }) });
    else if (step.refusedJoin) replica.joinFailed(errorOf(step.refusedJoin));
    else if ("patch" in step) this.#changes.push(replica.patch(step.patch, madeAt));
    else if (step.event) {
      const { name, data } = step.event as { name: unknown; data?: unknown };
      this.#changes.push(replica.createEvent(name, data, madeAt));
    } else if (step.undo) {
      const change = replica.undo(madeAt);
      if (change) this.#changes.push(change);
      return change !== undefined;
    } else if (step.leave) replica.leave();
    else if (step.callback) this.#callback(...(step.callback as [string, Record<string, unknown>]));
    else if (step.ack) this.#ack(...(step.ack as [number, unknown]));
    else if (step.error) replica.failed(this.#change((step.error as [number, unknown])[0]), errorOf((step.error as [number, unknown])[1]));
    else if (step.request) replica.callAnswered(ackOf(step.request));
    else if (step.retry) replica.retryElapsed();
    else if (step.gapTimeout) replica.gapElapsed();
    else throw new Error(`An unknown step: ${JSON.stringify(step)}`);
    return false;
  }

  #callback(name: string, payload: Record<string, unknown>): void {
    if (name === "SessionReset") {
      const reset = { applicationId: "demo", sessionId: "board", dataSequence: 0, ...payload, session: { ...session, ...(payload.session as object) } };
      this.#replica.reset(freezeJson(reset as unknown as SessionReset));
    } else if (name === "SessionLeft") this.#replica.putOut(payload.reason as string);
    else {
      const eventType = Object.entries(eventCallbacks).find(([, callback]) => callback === name)![0];
      const event = {
        eventType, applicationId: "demo", sessionId: "board", eventId: eventId(payload.sequence as number), createdAt: madeAt, timestamp: madeAt,
        source: "hub", userId: "writerId" in payload ? "alice" : "bob", version: 1, ...payload,
      };
      this.#replica.event(freezeJson(event as unknown as SessionEvent));
    }
  }

  #ack(change: number, answer: unknown): void {
    this.#replica.acknowledged(this.#change(change), ackOf(answer));
  }

  #change(number: number): Change {
    return this.#changes[number - 1]!;
  }
}

/** What a replica has asked for and told, as cases write it. */
export function readEffects<K extends LogTypes>(effects: readonly Effect<K>[], join: string, changes: readonly ChangeOf<K>[], settled: unknown[]) {
  const sends: [string, Record<string, unknown>][] = [];
  const told: unknown[] = [];
  const numberOf = (change: ChangeOf<K>) => changes.indexOf(change) + 1;
  for (const effect of effects) {
    switch (effect.kind) {
      case "join":
        sends.push([join, effect.since ? { since: effect.since } : {}]);
        break;
      case "send": {
        const { timestamp: _, ...request } = effect.call.request as Record<string, unknown>;
        sends.push([effect.call.method, request]);
        break;
      }
      case "event":
        told.push(["event", effect.event.sequence]);
        break;
      case "reset":
        told.push(["reset", effect.position.sequence]);
        break;
      case "refused":
        told.push(["refused", numberOf(effect.change), effect.error.code]);
        break;
      case "left":
        told.push(["left", effect.reason]);
        break;
      case "acknowledged": {
        const { position: { sequence }, count, duplicate } = effect.ack;
        settled.push([numberOf(effect.change), { sequence, ...(count !== 1 && { count }), ...(duplicate && { duplicate }) }]);
        break;
      }
      case "failed":
        settled.push([numberOf(effect.change), { error: effect.error.code }]);
    }
  }
  return { sends, told, settled };
}

function ackOf(answer: unknown): Ack {
  const { sequence, epoch = "E1", duplicate = false, count = duplicate ? 0 : 1 } = answer as { sequence: number; epoch?: string; count?: number; duplicate?: boolean };
  return { position: { epoch, sequence }, count, duplicate, ...(count > 0 && { eventId: eventId(sequence), createdAt: madeAt }) };
}

export function errorOf(error: unknown): RealtimeError {
  const { code, details } = error as { code: ErrorCode; details?: JsonObject };
  return new RealtimeError(code, code, details);
}
