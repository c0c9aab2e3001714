import { describe, expect, it } from "vitest";
import { EventPages } from "../../../src/session/timeline/event-pages";
import { TestLog } from "./log";

/** Waits until the pages have told of something. */
const told = (pages: EventPages) => new Promise<void>(resolve => {
  const end = pages.on(() => {
    end();
    resolve();
  });
});

describe("EventPages", () => {
  it("reads the page that somebody looks at, once, and no other", async () => {
    const log = new TestLog(1_000);
    const pages = new EventPages(log.read, 1_000);
    expect(pages.at(500)).toBeUndefined();
    expect(pages.at(501)).toBeUndefined();
    await told(pages);
    expect([pages.at(500)?.sequence, pages.at(401)?.sequence, pages.at(600)?.sequence]).toEqual([500, 401, 600]);
    expect(log.asked).toEqual([400]);
  });

  it("takes what comes, and reads what was missed before it", async () => {
    const log = new TestLog(10);
    const pages = new EventPages(log.read, 10);
    log.append();
    pages.hear(log.append());
    expect([pages.head, pages.at(12)?.sequence, pages.at(11)]).toEqual([12, 12, undefined]);
    await told(pages);
    expect(pages.at(11)?.sequence).toBe(11);
  });

  it("begins where retention does", async () => {
    const log = new TestLog(1_000);
    log.firstAvailable = 450;
    const pages = new EventPages(log.read, 1_000);
    await pages.fetch(460);
    await pages.fetch(460);
    expect([pages.first, pages.at(450)?.sequence, log.asked]).toEqual([450, 450, [400]]);
  });

  it("keeps the pages looked at last, and forgets the others", async () => {
    const log = new TestLog(30_000);
    const pages = new EventPages(log.read, 30_000);
    for (let sequence = 1; sequence <= 30_000; sequence += 200) await pages.fetch(sequence);
    expect([pages.at(30_000)?.sequence, pages.at(10_001)?.sequence, pages.at(1)]).toEqual([30_000, 10_001, undefined]);
  });

  it("reads again what could not be read", async () => {
    const log = new TestLog(10);
    let isDown = true;
    const pages = new EventPages((after, limit) => (isDown ? Promise.reject(new Error("down")) : log.read(after, limit)), 10);
    await expect(pages.fetch(1)).rejects.toThrow("down");
    isDown = false;
    await pages.fetch(1);
    expect(pages.at(1)?.sequence).toBe(1);
  });

  it("says why what was looked at could not be read, and reads no more until somebody tries again", async () => {
    const log = new TestLog(1_000);
    let asked = 0;
    const pages = new EventPages((after, limit) => (asked++ === 0 ? Promise.reject(new Error("down")) : log.read(after, limit)), 1_000);
    pages.at(500);
    await told(pages);
    expect([pages.problem, pages.at(500), pages.at(900), asked]).toEqual(["down", undefined, undefined, 1]);
    pages.tryAgain();
    expect([pages.problem, pages.at(500)]).toEqual([undefined, undefined]);
    await told(pages);
    expect([pages.problem, pages.at(500)?.sequence]).toEqual([undefined, 500]);
  });

  it("learns how far the log goes, and never goes back", () => {
    const pages = new EventPages(new TestLog(10).read, 10);
    pages.extendTo(12);
    pages.extendTo(11);
    expect(pages.head).toBe(12);
  });
});
