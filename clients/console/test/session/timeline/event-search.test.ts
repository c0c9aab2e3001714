import { describe, expect, it, vi } from "vitest";
import { matches } from "../../../src/session/timeline/event-filter";
import { EventPages } from "../../../src/session/timeline/event-pages";
import { EventSearch } from "../../../src/session/timeline/event-search";
import { TestLog } from "./log";

const ended = (search: EventSearch) => vi.waitFor(() => expect(search.isRunning).toBe(false));

describe("EventSearch", () => {
  it("finds what there is in the whole log, oldest first", async () => {
    const log = new TestLog(5_000);
    const search = new EventSearch(new EventPages(log.read, 5_000), { text: "\"n\":777" }, () => undefined);
    await ended(search);
    expect(search.found.map(event => event.sequence)).toEqual([777]);
    expect(search.left).toBe(0);
  });

  it("waits with a portion of what it finds until it is asked for more", async () => {
    const log = new TestLog(5_000);
    const search = new EventSearch(new EventPages(log.read, 5_000), { text: "alice" }, () => undefined);
    await ended(search);
    const before = search.found.length;
    expect(before).toBeGreaterThanOrEqual(200);
    expect([search.left > 0, log.asked.length < 10]).toEqual([true, true]);
    search.more();
    await ended(search);
    expect(search.found.length).toBeGreaterThanOrEqual(before + 200);
    expect(search.found.map(event => event.sequence)).toEqual([...search.found].map(event => event.sequence).sort((left, right) => left - right));
  });

  it("takes what comes meanwhile, once", async () => {
    const log = new TestLog(300);
    const pages = new EventPages(log.read, 300);
    const search = new EventSearch(pages, { kind: "session_event_created", text: "" }, () => undefined);
    const event = log.append({ eventType: "session_event_created", name: "hello" });
    search.hear(event);
    search.hear(event);
    await ended(search);
    expect(search.found).toEqual([event]);
  });

  it("says why it could not go on, and goes on when it is asked", async () => {
    const log = new TestLog(300);
    let isDown = true;
    const search = new EventSearch(new EventPages((after, limit) => (isDown ? Promise.reject(new Error("down")) : log.read(after, limit)), 300), { text: "\"n\":5}" }, () => undefined);
    await ended(search);
    expect([search.problem, search.found]).toEqual(["down", []]);
    isDown = false;
    search.more();
    await ended(search);
    expect([search.problem, search.found.length]).toEqual([undefined, 1]);
  });
});

describe("matches", () => {
  it("looks at kind, author, name and data, whatever their case", () => {
    const event = new TestLog(0).append({ eventType: "session_event_created", name: "Hello", data: { to: "World" }, userId: "Dora" });
    for (const text of ["hello", "WORLD", "dora", "hub"]) expect(matches(event, { text })).toBe(true);
    expect(matches(event, { text: "hello", kind: "session_closed" })).toBe(false);
    expect(matches(event, { text: "nobody" })).toBe(false);
  });
});
