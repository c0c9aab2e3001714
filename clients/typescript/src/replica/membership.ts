import type { Position } from "../protocol/objects.js";

/** How a replica stands to the server: connected, joined, and whether what the join announced has come (REPLICA.md, The order and Status). */
export class Membership {
  #connected = false;
  #join: "none" | "asked" | "resting" | "answered" = "none";
  /** What the answered join announced that has not come. */
  #announced: Position | "reset" | undefined;
  #resetSinceJoin = false;
  #isLate = false;

  get isConnected(): boolean {
    return this.#connected;
  }

  /** Whether a join is on its way. */
  get isAsked(): boolean {
    return this.#join === "asked";
  }

  /** Whether the join was refused for now, and is to be tried again. */
  get isResting(): boolean {
    return this.#join === "resting";
  }

  get isJoined(): boolean {
    return this.#join === "answered";
  }

  /** Whether all that the join announced is here. */
  get isComplete(): boolean {
    return this.isJoined && this.#announced === undefined;
  }

  /** Whether the state that comes next is one that events lead to: no reset is announced. */
  get isContinuous(): boolean {
    return this.isJoined && this.#announced !== "reset";
  }

  /** Whether no reset can come that stands before what was acknowledged. */
  get areAcksSure(): boolean {
    return this.#resetSinceJoin || this.isContinuous;
  }

  /** Whether the last join went out before something was known of, and so may not bring it. */
  get isLate(): boolean {
    return this.#isLate;
  }

  connect(): void {
    this.#connected = true;
  }

  disconnect(): void {
    this.#connected = false;
    this.#join = "none";
    this.#announced = undefined;
  }

  /** A join goes out. */
  ask(): void {
    this.#join = "asked";
    this.#resetSinceJoin = false;
    this.#isLate = false;
  }

  /** Something has become known of. */
  learn(): void {
    this.#isLate = true;
  }

  /** The join is answered. Its reset may have come before. */
  accept(position: Position, recovered: boolean): void {
    this.#join = "answered";
    this.#announced = this.#resetSinceJoin ? undefined : recovered ? position : "reset";
  }

  /** The join is refused for now. */
  rest(): void {
    this.#join = "resting";
  }

  /** A reset has come. */
  reset(): void {
    this.#resetSinceJoin = true;
    this.#announced = undefined;
  }

  /** A position is reached. */
  reach({ epoch, sequence }: Position): void {
    const announced = this.#announced;
    if (typeof announced === "object" && epoch === announced.epoch && sequence >= announced.sequence) this.#announced = undefined;
  }
}
