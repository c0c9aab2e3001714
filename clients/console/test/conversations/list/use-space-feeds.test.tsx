// @vitest-environment happy-dom
import { act, cleanup, renderHook } from "@testing-library/react";
import { RealtimeError, type SpaceEvent } from "realtime-sessions";
import type { ReactNode } from "react";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { HubProvider } from "../../../src/app/hub";
import { useSpaceFeeds } from "../../../src/conversations/list/use-space-feeds";
import { hubOf, TestConnection } from "../../support/hub";

/** A client whose spaces can be watched, but for those that fail. */
class WatchingClient extends TestConnection {
  readonly watched: number[] = [];
  readonly left: number[] = [];
  readonly failures = new Map<number, RealtimeError>();
  readonly #handlers = new Map<number, (event: unknown) => void>();

  watchSpace({ spaceId }: { readonly spaceId: number }) {
    this.watched.push(spaceId);
    const failure = this.failures.get(spaceId);
    if (failure) return Promise.reject(failure);
    return Promise.resolve({
      spaceId,
      on: (name: string, handler: (event: unknown) => void) => {
        if (name === "event") this.#handlers.set(spaceId, handler);
        return () => undefined;
      },
      leave: () => Promise.resolve(void this.left.push(spaceId)),
    });
  }

  tell(spaceId: number) {
    act(() => this.#handlers.get(spaceId)!({ spaceId }));
  }
}

let client: WatchingClient;
let told: unknown[];

beforeEach(() => {
  client = new WatchingClient();
  told = [];
});

afterEach(cleanup);

async function show(...spaceIds: readonly number[]) {
  const hub = hubOf({}, client);
  const wrapper = ({ children }: { readonly children: ReactNode }) => <HubProvider value={hub}>{children}</HubProvider>;
  const handlers = { event: (event: SpaceEvent) => told.push(event), begun: () => told.push("begun"), reset: () => told.push("reset") };
  return act(async () => renderHook(() => useSpaceFeeds(spaceIds, handlers), { wrapper }));
}

const connect = () => act(async () => client.become("connected"));
const lost = new RealtimeError("connection_failed", "There is no connection with the server.");

describe("useSpaceFeeds", () => {
  it("watches what could not be watched when there is a connection, and nothing twice", async () => {
    client.failures.set(2, lost);
    await show(1, 2);
    expect(told).toEqual(["begun"]);

    client.failures.clear();
    await connect();
    expect(client.watched).toEqual([1, 2, 2]);
    expect(told).toEqual(["begun", "begun"]);
    client.tell(1);
    client.tell(2);
    expect(told.slice(2)).toEqual([{ spaceId: 1 }, { spaceId: 2 }]);

    await connect();
    expect(client.watched).toHaveLength(3);
  });

  it("does not ask again what was refused", async () => {
    client.failures.set(1, new RealtimeError("space_not_found", "No such space."));
    await show(1);
    await connect();
    expect(client.watched).toEqual([1]);
  });

  it("leaves what it watches with the component", async () => {
    client.failures.set(2, lost);
    const { unmount } = await show(1, 2);
    unmount();
    await connect();
    expect(client.watched).toEqual([1, 2]);
    expect(client.left).toEqual([1]);
  });
});
