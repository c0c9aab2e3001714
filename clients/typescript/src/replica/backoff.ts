import { RealtimeError } from "../protocol/errors.js";

const firstWait = 1_000;
const longestWait = 30_000;

/** How long to wait after errors that a retry can help. */
export class Backoff {
  #rounds = 0;

  /** The next wait, in milliseconds: what the server asks for, else 1 s, doubled with each round up to 30 s. */
  next(errors: readonly RealtimeError[]): number {
    const asked = errors.map(error => error.details.retryAfter).filter(seconds => typeof seconds === "number");
    const wait = Math.min(longestWait, firstWait * 2 ** this.#rounds++);
    return asked.length > 0 ? Math.max(...asked) * 1_000 : wait;
  }

  /** Something has succeeded. */
  reset(): void {
    this.#rounds = 0;
  }
}
