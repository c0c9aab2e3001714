import { expect } from "vitest";
import { freezeJson } from "../../src/lib/json.js";
import type { Conversation } from "../../src/protocol/conversation.js";
import type { CommentPage } from "../../src/protocol/conversation-answers.js";
import type { ConversationEvent } from "../../src/protocol/conversation-event.js";
import type { RealtimeError } from "../../src/protocol/errors.js";
import type { LiveComment } from "../../src/replica/conversation/comments.js";
import type { ConversationTypes } from "../../src/replica/conversation/conversation-log.js";
import { ConversationReplica } from "../../src/replica/conversation/conversation-replica.js";
import type { ChangeOf } from "../../src/replica/log.js";
import { defaultReplicaOptions } from "../../src/replica/options.js";
import { errorOf, eventId, madeAt, readEffects, type ReplicaCase, type Step } from "./replica-case.js";

type Change = ChangeOf<ConversationTypes>;
interface Made { readonly sequence: number; readonly content: string; readonly writerId?: string; readonly writerSequence?: number; readonly userId?: number }
interface Placed { readonly sequence: number; readonly epoch?: string }

const [caller, other] = [14, 15];

/** Runs one of tests/vectors/conversations (README.md there) and checks what it expects. */
export function runConversationCase({ steps }: ReplicaCase): void {
  const run = new Run();
  steps.forEach((step, index) => {
    const happened = run.take(step);
    const where = `step ${index + 1}: ${JSON.stringify(step)}`;
    const { expect: expected } = step;
    if (!expected) return;
    for (const name of ["sends", "told", "settled"] as const) expect(happened[name], `${name}, ${where}`).toEqual(expected[name] ?? []);
    const state = run.state();
    for (const name of ["comments", "name", "hasEarlier", "position", "status", "pending"] as const) {
      if (name in expected) expect(state[name], `${name}, ${where}`).toEqual(expected[name]);
    }
  });
}

class Run {
  readonly #replica = new ConversationReplica({ options: defaultReplicaOptions, messagePack: false, drawWriterId: () => `w${++this.#writers}` });
  readonly #changes: Change[] = [];
  #writers = 0;
  #first: LiveComment | undefined;

  state() {
    const { confirmed, view, status, pending } = this.#replica;
    const comments = view?.comments.map(({ sequence, comment }) => [sequence ?? null, comment.content]);
    const position = confirmed ? { epoch: confirmed.position.epoch, sequence: confirmed.position.sequence } : null;
    return { comments, name: view?.info.name, hasEarlier: view?.hasEarlier, position, status, pending };
  }

  take(step: Step) {
    const settled: unknown[] = [];
    try {
      this.#act(step);
    } catch (error) {
      settled.push([null, { error: (error as RealtimeError).code }]);
    }
    const { sends, ...rest } = readEffects(this.#replica.takeEffects(), "JoinConversation", this.#changes, settled);
    return { sends: sends.map(([method, { priority: _, ...request }]) => [method, request]), ...rest };
  }

  #act(step: Step): void {
    const replica = this.#replica;
    if (step.connected) replica.connected();
    else if (step.disconnected) replica.disconnected();
    else if (step.joined) replica.joined({ conversation: conversationOf(), userId: caller, recovered: (step.joined as { recovered: boolean }).recovered, position: placeOf(step.joined) });
    else if (step.refusedJoin) replica.joinFailed(errorOf(step.refusedJoin));
    else if (step.comment) this.#changes.push(replica.comment(step.comment, 0, madeAt));
    else if (step.load) this.#first = replica.confirmed!.comments[0];
    else if (step.earlier) replica.addEarlier(pageOf(step.earlier), this.#first);
    else if (step.leave) replica.leave();
    else if (step.callback) this.#callback(...(step.callback as [string, Record<string, unknown>]));
    else if (step.ack) this.#ack(...(step.ack as [number, Placed & { duplicate?: boolean }]));
    else if (step.error) replica.failed(this.#changes[(step.error as [number])[0] - 1]!, errorOf((step.error as [number, unknown])[1]));
    else if (step.retry) replica.retryElapsed();
    else if (step.gapTimeout) replica.gapElapsed();
    else throw new Error(`An unknown step: ${JSON.stringify(step)}`);
  }

  #callback(name: string, payload: Record<string, unknown>): void {
    if (name === "ConversationLeft") return this.#replica.putOut(payload.reason as string);
    const conversation = conversationOf(payload.name as string | undefined);
    if (name === "ConversationReset") {
      return this.#replica.reset(freezeJson({ conversationId: 7, conversation, ...pageOf(payload), position: placeOf(payload) }));
    }
    const made = payload as unknown as Made;
    const about = { conversationId: 7, sequence: made.sequence, eventId: eventId(made.sequence), createdAt: madeAt, timestamp: madeAt, source: "hub" };
    const event = name === "CommentCreated"
      ? { ...about, eventType: "comment_created", userId: makerOf(made), ...placedOf(made) }
      : { ...about, eventType: "conversation_updated", userId: other, conversation };
    this.#replica.event(freezeJson(event as ConversationEvent));
  }

  #ack(change: number, answer: Placed & { duplicate?: boolean }): void {
    const { sequence, duplicate = false } = answer;
    this.#replica.acknowledged(this.#changes[change - 1]!, {
      position: placeOf(answer), count: duplicate ? 0 : 1, duplicate, commentId: sequence * 100, eventId: eventId(sequence), createdAt: madeAt,
    });
  }
}

function conversationOf(name = "Plans"): Conversation {
  return {
    conversationId: 7, name, details: "", creatorId: other, participants: [{ userId: caller }], groups: [], stakeholder: 1, defaultRole: 2, tags: [], externalObjects: [],
    createdAt: madeAt, updatedAt: madeAt,
  };
}

function placeOf(step: unknown) {
  const { sequence, epoch = "E1" } = step as Placed;
  return { epoch, sequence };
}

function pageOf(step: unknown): CommentPage {
  const { comments, hasEarlier = false } = step as { comments: readonly Made[]; hasEarlier?: boolean };
  return freezeJson({ comments: comments.map(placedOf), hasEarlier });
}

function placedOf(made: Made) {
  const { userId: _, content, ...placed } = made;
  return { ...placed, comment: { commentId: made.sequence * 100, conversationId: 7, creatorId: makerOf(made), content, priority: 0, mentions: [], createdAt: madeAt } as const };
}

function makerOf({ writerId, userId = writerId === undefined ? other : caller }: Made): number {
  return userId;
}
