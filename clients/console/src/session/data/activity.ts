import type { Json, SessionEvent } from "realtime-sessions";
import { isObject, pointerOf, pointersAround } from "./paths";

/** How long a change stays lit, in milliseconds. */
export const litFor = 1_600;

/** Beyond this many places, what is no longer lit is forgotten. */
const forgetBeyond = 4_000;

/** The last change of a place. */
export interface Touch {
  /** When it was heard of, by the page's own clock in milliseconds. */
  readonly at: number;
  readonly userId: string;
}

/** Where the data have just changed, and by whom. */
export class Activity {
  readonly #touched = new Map<string, Touch>();
  readonly #within = new Map<string, Touch>();

  /** How many places are remembered. */
  get size(): number {
    return this.#touched.size + this.#within.size;
  }

  /** Takes a session's event. */
  hear(event: SessionEvent, at: number): void {
    if (event.eventType !== "session_data_updated") return;
    if (this.size > forgetBeyond) this.#forget(at);
    this.#touch(event.data, "", { at, userId: event.userId });
  }

  /** The change that a row shows: its own, and one within it where it is closed; `undefined` where none is lit any more. */
  shownAt(pointer: string, isOpen: boolean, now: number): Touch | undefined {
    const touch = this.#touched.get(pointer) ?? (isOpen ? undefined : this.#within.get(pointer));
    return touch && now - touch.at < litFor ? touch : undefined;
  }

  #touch(patch: Json, pointer: string, touch: Touch): void {
    if (isObject(patch)) {
      const names = Object.keys(patch);
      if (names.length > 0) {
        for (const name of names) this.#touch(patch[name]!, pointer + pointerOf([name]), touch);
        return;
      }
    }
    for (const around of pointersAround(pointer)) this.#within.set(around, touch);
    // What went is nowhere any more: what it was in shows it.
    if (patch === null) this.#touched.set(pointer.slice(0, pointer.lastIndexOf("/")), touch);
    else this.#touched.set(pointer, touch);
  }

  #forget(now: number): void {
    for (const map of [this.#touched, this.#within]) {
      for (const [pointer, { at }] of map) {
        if (now - at >= litFor) map.delete(pointer);
      }
    }
  }
}
