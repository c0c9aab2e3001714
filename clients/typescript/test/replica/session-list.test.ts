import { describe, expect, test } from "vitest";
import type { Session } from "../../src/protocol/objects.js";
import type { SessionFilter } from "../../src/replica/session/session-filter.js";
import { SessionList, type PageCall, type SessionCall } from "../../src/replica/session/session-list.js";
import { renamed, sessionOf } from "../support/fake-feed.js";
import { ModelApplication } from "../support/model-application.js";
import { Random } from "../support/random.js";

/** A list, with a feed and calls under way that arrive whenever they do. */
class Lister {
  readonly list: SessionList;
  readonly #filter: SessionFilter;
  readonly #watched: SessionFilter["properties"];
  readonly #server: ModelApplication;
  readonly #random: Random;
  #at: number;
  #calls: (PageCall | SessionCall)[] = [];
  #answers: (() => void)[] = [];

  constructor(filter: SessionFilter, watched: SessionFilter["properties"], server: ModelApplication, random: Random) {
    this.list = new SessionList(filter, 2);
    [this.#filter, this.#watched, this.#server, this.#random, this.#at] = [filter, watched, server, random, server.sequence];
    this.list.begin();
  }

  /** What was under way is lost, and what came meanwhile: the feed begins anew. */
  reset(): void {
    [this.#calls, this.#answers, this.#at] = [[], [], this.#server.sequence];
    this.list.begin();
  }

  /** One thing that is under way goes on. Returns `false` if there is nothing. */
  step(): boolean {
    this.#calls.push(...this.list.takeCalls());
    const moves = [
      this.#at < this.#server.sequence && (() => this.#hear()),
      this.#calls.length > 0 && (() => this.#read(this.#calls.splice(this.#random.below(this.#calls.length), 1)[0]!)),
      this.#answers.length > 0 && (() => this.#answers.splice(this.#random.below(this.#answers.length), 1)[0]!()),
    ].filter(move => move !== false);
    if (moves.length === 0) return false;
    this.#random.pick(moves)();
    return true;
  }

  #hear(): void {
    const event = this.#server.at(++this.#at, this.#watched);
    if (event) this.list.event(event);
  }

  /** The server reads now; the answer comes later. */
  #read(call: PageCall | SessionCall): void {
    if ("sessionId" in call) {
      const session = this.#server.read(call.sessionId);
      this.#answers.push(() => this.list.told(call, session));
    } else {
      const page = this.#server.list(this.#filter, call.limit, call.cursor);
      this.#answers.push(() => this.list.listed(call, page));
    }
  }
}

/** The order of participants says nothing. */
const plain = (session: Session) => ({ ...session, participants: session.participants.map(({ id, role }) => `${id} ${role}`).sort() });

const filters: readonly (readonly [string, SessionFilter, SessionFilter["properties"]])[] = [
  ["open ones", { status: "open", properties: {} }, {}],
  ["closed ones", { status: "closed", properties: {} }, {}],
  ["those of a room, which is watched", { status: "open", properties: { room: "blue" } }, { room: "blue" }],
  ["those of a room, where all are watched", { status: "open", properties: { room: "blue" } }, {}],
  ["closed ones of a room, where all are watched", { status: "closed", properties: { room: "blue" } }, {}],
];

describe("SessionList", () => {
  test.each(filters)("is in the end what the server lists, as far as it was loaded: %s", (_, filter, watched) => {
    let [longest, partial] = [0, 0];
    for (let seed = 1; seed <= 200; seed++) {
      const random = new Random(seed);
      const server = new ModelApplication(random);
      for (let count = 0; count < 50; count++) server.change();
      const lister = new Lister(filter, watched, server, random);
      for (let turn = 0; turn < 250; turn++) {
        if (random.chance(0.25)) server.change();
        if (random.chance(0.008)) lister.list.more();
        if (random.chance(0.01)) lister.reset();
        lister.step();
      }
      while (lister.step());
      const { view, isRight } = lister.list;
      const all = server.list(filter).sessions;
      expect(isRight, `seed ${seed}`).toBe(true);
      expect(view!.sessions.map(plain), `seed ${seed}`).toEqual(all.slice(0, view!.sessions.length).map(plain));
      if (!view!.hasMore) expect(view!.sessions.length, `seed ${seed}`).toBe(all.length);
      longest = Math.max(longest, view!.sessions.length);
      partial += view!.hasMore ? 1 : 0;
    }
    expect(longest).toBeGreaterThan(3);
    expect(partial).toBeGreaterThan(0);
  });

  test("is read anew where more is heard meanwhile than is kept", () => {
    const list = new SessionList({ status: "open", properties: {} }, 2);
    list.begin();
    const [first] = list.takeCalls() as PageCall[];
    for (let sequence = 2; sequence <= 10_001; sequence++) list.event(renamed(sequence, "s1", `n${sequence}`));
    expect(list.takeCalls()).toEqual([]);
    list.event(renamed(10_002, "s1", "last"));
    const [second] = list.takeCalls() as PageCall[];
    list.listed(first!, { sessions: [sessionOf("s1", 1)] });
    expect(list.view).toBeUndefined();
    list.listed(second!, { sessions: [sessionOf("s1", 1, { name: "last" })] });
    expect(list.view!.sessions.map(({ name }) => name)).toEqual(["last"]);
  });
});
