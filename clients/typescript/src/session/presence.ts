import { emptyObject, freezeJson, shareJson, type JsonObject } from "../lib/json.js";
import { diffPatch, mergePatch } from "../lib/merge-patch.js";
import type { RealtimeError } from "../protocol/errors.js";
import type { People } from "../protocol/objects.js";

/** Who is in a session, and as what this client is shown. */
export class Presence {
  readonly #takesPart: boolean;
  readonly #update: (state: JsonObject) => Promise<unknown>;
  #people: JsonObject = emptyObject;
  /** What the server has accepted: a join with anything else could be refused for good. */
  #accepted: JsonObject;
  #wanted: JsonObject;
  #updating: Promise<void> | undefined;

  /**
   * @param initial What to join with.
   * @param update Calls `UpdatePresence` with a merge patch.
   */
  constructor(initial: boolean | JsonObject, update: (state: JsonObject) => Promise<unknown>) {
    this.#takesPart = initial !== false;
    this.#update = update;
    this.#accepted = this.#wanted = typeof initial === "object" ? initial : emptyObject;
  }

  get people(): People {
    return this.#people as People;
  }

  get takesPart(): boolean {
    return this.#takesPart;
  }

  /** What to join with. */
  get joining(): JsonObject | false {
    return this.#takesPart && this.#accepted;
  }

  /** The server has taken a join with a state: what it was told before is replaced. */
  joinedWith(state: JsonObject): void {
    this.#accepted = state;
  }

  /** The callbacks. Returns whether that changed anything. */
  hear(people: JsonObject, isPatch: boolean): boolean {
    const before = this.#people;
    freezeJson(people);
    this.#people = isPatch ? mergePatch(before, people) : (shareJson(before, people) as JsonObject);
    return this.#people !== before;
  }

  /** Nobody is known of any more. */
  forget(): boolean {
    return this.hear(emptyObject, false);
  }

  /** Changes the state that is wanted; `flush` brings it to the server. */
  want(patch: JsonObject): void {
    this.#wanted = mergePatch(this.#wanted, patch);
  }

  /** Tells the server what it does not know, one call at a time: what is wanted meanwhile goes together. */
  flush(): Promise<void> {
    return (this.#updating ??= this.#run().finally(() => (this.#updating = undefined)));
  }

  async #run(): Promise<void> {
    for (let patch = this.#missing(); patch; patch = this.#missing()) {
      const wanted = this.#wanted;
      try {
        await this.#update(patch);
        this.#accepted = wanted;
      } catch (error) {
        // Without an answer it is told again after the next join; what is refused is no longer wanted.
        if ((error as RealtimeError).code !== "connection_failed") this.#wanted = this.#accepted;
        throw error;
      }
    }
  }

  #missing(): JsonObject | undefined {
    const patch = diffPatch(this.#accepted, this.#wanted);
    return Object.keys(patch).length > 0 ? patch : undefined;
  }
}
