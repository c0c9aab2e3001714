import { emptyObject, shareJson, type JsonObject } from "../lib/json.js";
import { mergePatch } from "../lib/merge-patch.js";
import { patchOf, type Change } from "./change.js";
import type { UndoSteps } from "./undo.js";

/** What the application sees: the confirmed data with the own patches on top. It is worked out when it is read. */
export class View {
  readonly #changes: ReadonlySet<Change>;
  readonly #undo: UndoSteps;
  #confirmed: JsonObject = emptyObject;
  #data: JsonObject = emptyObject;
  #stale = false;

  /** @param changes The own changes, oldest first: those on top. */
  constructor(changes: ReadonlySet<Change>, undo: UndoSteps) {
    this.#changes = changes;
    this.#undo = undo;
  }

  /** The data. Parts that are equal to what was read before are the same objects. */
  get data(): JsonObject {
    if (this.#stale) {
      this.#stale = false;
      let data = this.#confirmed;
      for (const change of this.#changes) data = this.#lay(data, change);
      this.#data = shareJson(this.#data, data) as JsonObject;
    }
    return this.#data;
  }

  /** Lays one more change on top. */
  add(change: Change): void {
    this.#data = this.#lay(this.data, change);
  }

  /** What stands beneath has changed, or which changes stand on top of it. */
  rebase(confirmed: JsonObject): void {
    this.#confirmed = confirmed;
    this.#stale = true;
  }

  /** The lowest change has become a part of what is beneath, so that nothing looks different. */
  sink(confirmed: JsonObject): void {
    this.#confirmed = confirmed;
  }

  #lay(data: JsonObject, change: Change): JsonObject {
    this.#undo.read(change, data, patchOf(change));
    return mergePatch(data, patchOf(change));
  }
}
