// Clients of the TypeScript library that do as they are told, one JSON line each: {"id", "actor", "do", …} on the input (the first one of an actor may have "kind"), {"id", "result"} or {"id", "error"} on the output.
import { createHash } from "node:crypto";
import { createInterface } from "node:readline";
import { RealtimeClient } from "../../../clients/typescript/dist/index.js";
import { Commenter } from "./commenter.mjs";

const actors = new Map();

class Actor {
  #client; #session; #last = 0; #text = []; #seen;

  open({ url, token, protocol }) {
    this.#client = new RealtimeClient({ url, accessToken: () => token, protocol });
    return this.#client.connect();
  }

  async join(ids) {
    this.#text = [];
    this.#seen = { events: 0, resets: 0, failures: [], disorder: null };
    this.#session = await this.#client.joinSession(ids);
    this.#last = this.#session.position.sequence;
    this.#session.on("event", event => this.#hear(event));
    this.#session.on("reset", position => { this.#seen.resets++; this.#last = position.sequence; });
    this.#session.on("refused", ({ error }) => this.#seen.failures.push(error.message));
  }

  /** Makes a change, and waits for its answer. */
  async call({ method, argument: { name, data } }) {
    const ack = await (method === "PatchSessionData" ? this.#session.patch(data) : this.#session.sendEvent(name, data));
    return ack.position.sequence;
  }

  /** Makes a change, and tells what the data look like right after. */
  patch({ data }) {
    void this.#session.patch(data);
    return this.#session.data;
  }

  undo() {
    return this.#session.undo() !== undefined;
  }

  view() {
    const { data, confirmedData, syncStatus, position, pendingChanges } = this.#session;
    const text = this.#text.join("");
    return {
      data, confirmed: confirmedData, status: syncStatus, sequence: position.sequence, pending: pendingChanges, ...this.#seen,
      textLength: this.#text.length, textHash: createHash("sha256").update(text, "utf8").digest("hex"),
    };
  }

  leave() {
    return this.#session.leave();
  }

  close() {
    return this.#client.close();
  }

  #hear(event) {
    this.#seen.events++;
    if (event.sequence !== this.#last + 1) this.#seen.disorder ??= `${event.sequence} after ${this.#last}`;
    this.#last = event.sequence;
    if (event.eventType === "session_event_created" && event.name === "edit") {
      const [at, deleted, inserted] = event.data.p;
      this.#text.splice(at, deleted, ...inserted);
    }
  }
}

createInterface({ input: process.stdin }).on("line", async line => {
  const { id, actor, do: what, ...rest } = JSON.parse(line);
  if (!actors.has(actor)) actors.set(actor, rest.kind === "commenter" ? new Commenter() : new Actor());
  try {
    const result = await actors.get(actor)[what](rest);
    process.stdout.write(`${JSON.stringify({ id, result: result ?? null })}\n`);
  } catch (error) {
    process.stdout.write(`${JSON.stringify({ id, error: `${error?.message ?? error}` })}\n`);
  }
}).on("close", () => process.exit());
