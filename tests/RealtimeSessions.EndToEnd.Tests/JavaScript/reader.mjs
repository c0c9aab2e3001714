// A member that folds a session's events into a text and the data, and insists on every event once, in order.
import { createHash } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import { connect, cut, mergePatch } from "./hub.mjs";

const PageSize = 1000;

export class Reader {
  events = 0;
  resumes = 0;
  data = {};
  position = null;
  #name; #urls; #session; #echo;
  #hub;
  #text = [];            // Code points: positions count them.
  #joins = 0;
  #early = null;         // Events that came while history was read.
  #failed; #fail; #waiting = null;

  constructor(name, urls, session, echo) {
    [this.#name, this.#urls, this.#session, this.#echo] = [name, urls, session, echo];
    this.#failed = new Promise((_, reject) => this.#fail = reject);
    this.#failed.catch(() => {});
  }

  /** Joins for the first time; what happened before is read from the history. */
  async join() {
    this.#early = [];
    const reset = new Promise(resolve => this.#onReset = resolve);
    const { recovered } = await this.#connect(undefined);
    if (recovered) throw this.#error("a first join recovered something");
    const state = await Promise.race([reset, this.#failed]);
    await this.#readHistory(state.position);
    if (!isDeepStrictEqual(this.data, state.data)) throw this.#error("the history's data is not the state's");
    for (const event of this.#early.splice(0)) this.#apply(event);
    this.#early = null;
  }

  /** Loses the connection and comes back, to the next server, where it was. */
  async interrupt() {
    await cut(this.#hub);
    const since = { ...this.position };
    const { recovered, position } = await this.#connect(since);
    if (!recovered || position.sequence !== since.sequence) throw this.#error(`was not resumed at ${since.sequence}`);
    this.resumes++;
  }

  /** Waits until it has applied the event of a sequence. */
  async reaches(sequence) {
    if (this.position.sequence >= sequence) return;
    const reached = new Promise(resolve => this.#waiting = { sequence, resolve });
    await Promise.race([reached, this.#failed]);
  }

  /** Throws unless text and data are these. */
  check({ text, data }) {
    const present = this.#text.join("");
    const sha256 = createHash("sha256").update(present, "utf8").digest("hex");
    if (this.#text.length !== text.length || sha256 !== text.sha256) throw this.#error(`holds another text (${this.#text.length} characters)`);
    if (!isDeepStrictEqual(this.data, data)) throw this.#error(`holds other data: ${JSON.stringify(this.data)}`);
  }

  stop() {
    return this.#hub.stop();
  }

  #onReset = state => this.#fail(this.#error(`was reset at ${state.position.sequence}`));

  async #connect(since) {
    const url = this.#urls[this.#joins++ % this.#urls.length];
    let next = 0;
    const take = event => {
      // In the order of one connection, whatever was applied before.
      if (next && event.sequence !== next) this.#fail(this.#error(`was sent ${event.sequence} instead of ${next}`));
      next = event.sequence + 1;
      if (this.#early) this.#early.push(event);
      else this.#apply(event);
    };
    this.#hub = await connect(url, this.#name, {
      SessionReset: state => this.#onReset(state),
      SessionLeft: e => this.#fail(this.#error(`was told to leave: ${e.reason}`)),
      SessionCreated: take, SessionDataUpdated: take, SessionEventCreated: take, SessionClosed: take,
    });
    return await this.#hub.invoke("JoinSession", { ...this.#session, echo: this.#echo, since });
  }

  async #readHistory(until) {
    this.position = { ...until, sequence: 0 };
    this.#onReset = state => this.#fail(this.#error(`was reset at ${state.position.sequence}`));
    while (this.position.sequence < until.sequence) {
      const limit = Math.min(PageSize, until.sequence - this.position.sequence);
      const { events } = await this.#hub.invoke("ListSessionEvents", { ...this.#session, after: this.position.sequence, limit });
      for (const event of events) this.#apply(event);
    }
    this.events = 0;
  }

  #apply(event) {
    if (event.sequence !== this.position.sequence + 1) {
      this.#fail(this.#error(`got ${event.sequence} after ${this.position.sequence}`));
      return;
    }
    this.position = { ...this.position, sequence: event.sequence, eventId: event.eventId };
    this.events++;
    if (event.eventType === "session_data_updated") this.data = mergePatch(this.data, event.data);
    if (event.name === "edit") {
      const [at, deleted, inserted] = event.data.p;
      this.#text.splice(at, deleted, ...inserted);
    }
    if (this.#waiting && event.sequence >= this.#waiting.sequence) this.#waiting.resolve();
  }

  #error(what) {
    return new Error(`Reader ${this.#name} ${what}.`);
  }
}
