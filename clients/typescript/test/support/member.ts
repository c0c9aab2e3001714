import type { RealtimeError } from "../../src/protocol/errors.js";
import type { ChangeOf, LogTypes } from "../../src/replica/log.js";
import { defaultReplicaOptions } from "../../src/replica/options.js";
import type { Replica, ReplicaContext } from "../../src/replica/replica.js";
import type { Delivery, ModelServer } from "./model-server.js";
import type { Random } from "./random.js";

/** A replica, and a connection with a model server on which calls, answers and events are under way. */
export class Member<K extends LogTypes, R extends Replica<K>> {
  readonly replica: R;
  readonly told: K["event"][] = [];
  readonly settled = new Map<ChangeOf<K>, K["ack"] | RealtimeError>();
  readonly made: ChangeOf<K>[] = [];
  readonly #name: string;
  readonly #server: ModelServer<K>;
  readonly #random: Random;
  #isConnected = false;
  #writers = 0;
  /** What arrives at the server, and what comes back, each by what happens then. */
  #calls: (() => void)[] = [];
  #answers: (() => void)[] = [];
  #deliveries: Delivery<K>[] = [];
  /** What the server has sent on this connection, as sequence and epoch, and which events are made on it. */
  #sent = 0;
  #epoch = "";
  #own = new Set<number>();
  #isWaiting = false;

  constructor(name: string, makeReplica: (context: ReplicaContext) => R, server: ModelServer<K>, random: Random) {
    this.#name = name;
    this.#server = server;
    this.#random = random;
    this.replica = makeReplica({ options: { ...defaultReplicaOptions, maximumInFlight: 4 }, messagePack: false, drawWriterId: () => `w${++this.#writers}` });
  }

  get isConnected(): boolean {
    return this.#isConnected;
  }

  connect(): void {
    this.#isConnected = true;
    this.replica.connected();
    this.#perform();
  }

  cut(): void {
    this.#isConnected = false;
    this.#calls = [];
    this.#answers = [];
    this.#deliveries = [];
    this.#isWaiting = false;
    this.replica.disconnected();
    this.#perform();
  }

  /** The application makes a change, if there is one to be made. */
  make(act: (replica: R) => ChangeOf<K> | undefined): void {
    const change = act(this.replica);
    if (change) this.made.push(change);
    this.#perform();
  }

  /** The application asks for something else than a change, if there is a connection. */
  ask(act: (member: string) => K["ack"]): void {
    if (!this.#isConnected) return;
    this.#calls.push(() => {
      const ack = act(this.#name);
      if (!this.#server.echoes) this.#own.add(this.#server.sequence);
      this.#answers.push(() => this.replica.callAnswered(ack));
    });
  }

  /** One thing that is under way arrives. Returns `false` if there was nothing. */
  step(): boolean {
    if (!this.#isConnected) return false;
    this.#follow();
    const moves = [
      this.#calls.length > 0 && (() => this.#arrive()),
      this.#answers.length > 0 && (() => this.#answer()),
      this.#deliveries.length > 0 && (() => this.#deliver(this.#deliveries.shift()!)),
      this.#isWaiting && (() => this.#retry()),
    ].filter(move => move !== false);
    if (moves.length === 0) return false;
    this.#random.pick(moves)();
    this.#perform();
    return true;
  }

  /** A gap has lasted too long. Returns `false` if there is none. */
  closeGap(): boolean {
    const { hasGap } = this.replica;
    this.replica.gapElapsed();
    this.#perform();
    return hasGap;
  }

  /** What is new in the log goes on its way; own events only where the server sends them. */
  #follow(): void {
    if (this.#epoch === "") return;
    if (this.#epoch !== this.#server.epoch) this.#restart(this.#server.reset());
    for (; this.#sent < this.#server.sequence; this.#sent++) {
      if (!this.#own.has(this.#sent + 1)) this.#deliveries.push(this.#server.deliver(this.#sent + 1));
    }
  }

  #restart(reset: Delivery<K>): void {
    this.#deliveries.push(reset);
    this.#epoch = this.#server.epoch;
    this.#sent = this.#server.sequence;
    this.#own.clear();
  }

  #arrive(): void {
    this.#follow();
    this.#calls.shift()!();
  }

  #change(change: ChangeOf<K>, call: K["call"]): void {
    const before = this.#server.sequence;
    const answer = this.#server.change(this.#name, call);
    // Where the answer does not tell of an event, the event itself comes.
    if (this.#server.sequence > before && "position" in answer && !this.#server.echoes) this.#own.add(this.#server.sequence);
    this.#answers.push(() => {
      if ("position" in answer) this.replica.acknowledged(change, answer);
      else this.replica.failed(change, answer);
    });
  }

  #answer(): void {
    this.#answers.splice(this.#random.below(this.#answers.length), 1)[0]!();
  }

  #deliver(delivery: Delivery<K>): void {
    if (delivery.kind === "event") this.replica.event(delivery.event);
    else if (delivery.kind === "reset") this.replica.reset(delivery.reset);
    else this.replica.joined(delivery.answer);
  }

  #retry(): void {
    this.#isWaiting = false;
    this.replica.retryElapsed();
  }

  #perform(): void {
    for (const effect of this.replica.takeEffects()) {
      if (effect.kind === "join") {
        const { from, deliveries } = this.#server.join(this.#name, effect.since);
        this.#deliveries = [...deliveries];
        if (this.#random.chance(0.3)) this.#deliveries.reverse();
        this.#epoch = this.#server.epoch;
        this.#sent = from;
        this.#own.clear();
      } else if (effect.kind === "send") this.#calls.push(() => this.#change(effect.change, effect.call));
      else if (effect.kind === "wait") this.#isWaiting = true;
      else if (effect.kind === "event") this.told.push(effect.event);
      else if (effect.kind === "acknowledged") this.settled.set(effect.change, effect.ack);
      else if (effect.kind === "failed") this.settled.set(effect.change, effect.error);
    }
  }
}
