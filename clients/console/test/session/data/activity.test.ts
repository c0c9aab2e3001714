import { describe, expect, it } from "vitest";
import type { JsonObject, SessionEvent } from "realtime-sessions";
import { Activity, litFor } from "../../../src/session/data/activity";

const patch = (data: JsonObject, userId = "alice") => ({ eventType: "session_data_updated", data, userId }) as unknown as SessionEvent;

describe("Activity", () => {
  it("lights what was changed, and by whom, for a while", () => {
    const activity = new Activity();
    activity.hear(patch({ a: { b: 1 } }, "bob"), 100);
    expect(activity.shownAt("/a/b", false, 200)).toEqual({ at: 100, userId: "bob" });
    expect(activity.shownAt("/a/b", false, 100 + litFor)).toBeUndefined();
  });

  it("lights what is closed for what changes within", () => {
    const activity = new Activity();
    activity.hear(patch({ a: { b: { c: 1 } } }), 0);
    expect([activity.shownAt("/a", true, 1), activity.shownAt("/a", false, 1)?.at, activity.shownAt("/a/b", false, 1)?.at]).toEqual([undefined, 0, 0]);
  });

  it("lights what something was removed from", () => {
    const activity = new Activity();
    activity.hear(patch({ a: { b: null } }), 0);
    expect(activity.shownAt("/a", true, 1)?.at).toBe(0);
  });

  it("keeps no more than is lit, however many places change", () => {
    const activity = new Activity();
    for (let round = 0; round < 20_000; round++) activity.hear(patch({ [`n${round}`]: { x: 1 } }), round * 10);
    expect(activity.size).toBeLessThan(4_500);
    expect(activity.shownAt("/n19999/x", false, 199_990)).toBeDefined();
  });
});
