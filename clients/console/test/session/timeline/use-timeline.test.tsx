// @vitest-environment happy-dom
import { act, cleanup, renderHook, waitFor } from "@testing-library/react";
import type { ReactNode } from "react";
import type { LiveSession } from "realtime-sessions";
import { afterEach, describe, expect, it } from "vitest";
import { HubProvider, type Hub } from "../../../src/app/hub";
import { everything, type EventFilter } from "../../../src/session/timeline/event-filter";
import { useTimeline, type Timeline } from "../../../src/session/timeline/use-timeline";
import { TestLog } from "./log";

afterEach(cleanup);

/** A session that is looked at: its log, and what its live session tells. */
class Scene {
  log = new TestLog(5);
  isDown = false;
  readonly #handlers = new Map<string, (value: unknown) => void>();

  get session() {
    return {
      applicationId: "demo",
      sessionId: "s",
      position: { epoch: "e", sequence: 5 },
      on: (name: string, handler: (value: unknown) => void) => {
        this.#handlers.set(name, handler);
        return () => this.#handlers.delete(name);
      },
    };
  }

  tell(name: "event" | "reset" | "syncStatus", value: unknown): void {
    act(() => this.#handlers.get(name)!(value));
  }

  show(filter: EventFilter): { readonly current: Timeline } {
    const read = ({ after, limit }: { readonly after: number; readonly limit: number }) => (this.isDown ? Promise.reject(new Error("down")) : this.log.read(after, limit));
    const hub = { client: { listSessionEvents: read } } as unknown as Hub;
    const session = this.session as unknown as LiveSession;
    const wrapper = ({ children }: { readonly children: ReactNode }) => <HubProvider value={hub}>{children}</HubProvider>;
    return renderHook(() => useTimeline(session, filter), { wrapper }).result;
  }
}

const shown = ({ count, at, keyOf }: Timeline) => Array.from({ length: count }, (_, index) => [keyOf(index), at(index)?.userId]);

describe("useTimeline", () => {
  it.each<[string, EventFilter]>([["everything", everything], ["what is searched for", { text: "n" }]])("shows another history after a reset: %s", async (_, filter) => {
    const scene = new Scene();
    const timeline = scene.show(filter);
    await waitFor(() => expect(shown(timeline.current)).toEqual([[1, "alice"], [2, "bob"], [3, "alice"], [4, "bob"], [5, "alice"]]));

    scene.log = new TestLog(0);
    for (let n = 0; n < 5; n++) scene.log.append({ eventType: "session_data_updated", data: { n }, userId: "carol" });
    scene.tell("reset", { epoch: "f", sequence: 5 });

    await waitFor(() => expect(shown(timeline.current)).toEqual([1, 2, 3, 4, 5].map(sequence => [sequence, "carol"])));
  });

  it("reads what could not be read when the session is synchronized again", async () => {
    const scene = new Scene();
    scene.isDown = true;
    const timeline = scene.show(everything);
    shown(timeline.current);
    await waitFor(() => expect(timeline.current.problem).toBe("down"));

    scene.isDown = false;
    scene.tell("syncStatus", "synchronized");

    await waitFor(() => expect([timeline.current.problem, shown(timeline.current)[4]]).toEqual([undefined, [5, "alice"]]));
  });
});
