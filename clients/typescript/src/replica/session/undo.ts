import type { JsonObject } from "../../lib/json.js";
import { diffPatch, mergePatch } from "../../lib/merge-patch.js";
import type { SessionDataUpdated } from "../../protocol/session-event.js";
import type { Change } from "../change.js";
import { forget, leavesOf, restore, touchedBy, type Leaves } from "./leaves.js";

interface Step {
  /** The change, until it is confirmed. */
  change: Change | undefined;
  /** `undefined`: nothing is left to be undone. */
  leaves: Leaves | undefined;
}

/** What own patches can be undone, oldest first. */
export class UndoSteps {
  #steps: Step[] = [];
  readonly #maximum: number;

  constructor(maximum: number) {
    this.#maximum = maximum;
  }

  /** Whether there is a step with anything left. */
  get hasLeaves(): boolean {
    return this.#steps.some(step => step.leaves !== undefined);
  }

  /** Adds the step of a change; beyond the maximum the oldest one goes. */
  add(change: Change): void {
    this.#steps.push({ change, leaves: undefined });
    if (this.#steps.length > this.#maximum) this.#steps.shift();
  }

  /** Reads what the leaves of a change are that is not confirmed, from what stands beneath it. */
  read(change: Change, before: JsonObject, patch: JsonObject): void {
    const step = this.#find(change);
    if (step) step.leaves = leavesOf(before, patch);
  }

  /** A change is confirmed in its place: from now on its leaves are forgotten when they are touched. */
  confirm(change: Change, before: JsonObject, patch: JsonObject): void {
    this.read(change, before, patch);
    const step = this.#find(change);
    if (step) step.change = undefined;
  }

  /** A change is refused, or it is not known what it was confirmed on. */
  drop(change: Change): void {
    this.#steps = this.#steps.filter(step => step.change !== change);
  }

  /** Forgets the leaves of confirmed changes that somebody else's event touches. */
  forget(before: JsonObject, event: SessionDataUpdated): void {
    if (this.#steps.length === 0) return;
    if (event.clear) this.#forget(before, event.clear);
    this.#forget(event.clear ? mergePatch(before, event.clear) : before, event.data);
  }

  clear(): void {
    this.#steps = [];
  }

  /** The patch of the latest step that has an effect on the view; `undefined`: there is none. Steps without one are dropped on the way. */
  peek(view: JsonObject): JsonObject | undefined {
    for (let step = this.#steps.at(-1); step; step = this.#steps.at(-1)) {
      const patch = step.leaves ? diffPatch(view, restore(view, step.leaves) as JsonObject) : {};
      if (Object.keys(patch).length > 0) return patch;
      this.#steps.pop();
    }
    return undefined;
  }

  /** Takes the step whose patch was looked at: it is being undone. */
  pop(): void {
    this.#steps.pop();
  }

  #forget(before: JsonObject, patch: JsonObject): void {
    const touched = touchedBy(before, patch);
    if (!touched) return;
    for (const step of this.#steps) {
      if (!step.change && step.leaves) step.leaves = forget(step.leaves, touched);
    }
  }

  #find(change: Change): Step | undefined {
    return this.#steps.find(step => step.change === change);
  }
}
