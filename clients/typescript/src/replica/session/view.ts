import { emptyObject, shareJson, type JsonObject } from "../../lib/json.js";
import { Draft, mergePatch } from "../../lib/merge-patch.js";
import type { Change } from "../change.js";
import type { Order } from "../order.js";
import { patchOf, type ChangeContent } from "./content.js";
import type { SessionTypes } from "./session-log.js";
import type { UndoSteps } from "./undo.js";

/** What the application sees: the confirmed data with the own patches on top. It is worked out when it is read. */
export class View {
  readonly #order: Order<SessionTypes>;
  readonly #changes: ReadonlySet<Change<ChangeContent>>;
  readonly #undo: UndoSteps;
  readonly #draft = new Draft();
  #data: JsonObject = emptyObject;
  #stale = false;

  /** @param changes The own changes, oldest first: those on top. */
  constructor(order: Order<SessionTypes>, changes: ReadonlySet<Change<ChangeContent>>, undo: UndoSteps) {
    this.#order = order;
    this.#changes = changes;
    this.#undo = undo;
  }

  /** The data. Parts that are equal to what was read before are the same objects. */
  get data(): JsonObject {
    this.#refresh();
    this.#draft.publish();
    return this.#data;
  }

  /** Lays one more change on top, the last one of those that are there. */
  add(change: Change<ChangeContent>): void {
    if (!this.#stale) this.#data = this.#lay(this.#data, change);
  }

  /** What stands beneath has changed, or which changes stand on top of it. */
  rebase(): void {
    this.#stale = true;
  }

  #refresh(): void {
    if (!this.#stale) return;
    this.#stale = false;
    let data = this.#order.shown?.data ?? emptyObject;
    for (const change of this.#changes) data = this.#lay(data, change);
    this.#data = shareJson(this.#data, data) as JsonObject;
  }

  #lay(data: JsonObject, change: Change<ChangeContent>): JsonObject {
    this.#undo.read(change, data, patchOf(change));
    return mergePatch(data, patchOf(change), this.#draft);
  }
}
