// @vitest-environment happy-dom
import { act, cleanup, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { ApiError } from "../../src/api/api";
import { HubProvider } from "../../src/app/hub";
import ServerPage from "../../src/server/server-page";
import { hubOf } from "../support/hub";

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

const sample = {
  at: "2026-01-01T00:00:00Z", connections: 1_234, members: 0, watchers: 0, sessions: 0, conversations: 0, lagging: 0, callsPerSecond: 0, eventsPerSecond: 0, deliveriesPerSecond: 0,
  refusalsPerSecond: 0, cpu: 0.5, workingSet: 1_024, heap: 1_024,
};
const report = {
  serverId: "one", version: "1.2.3", startedAt: sample.at, now: sample.at, interval: 2, samples: [sample],
  engine: { kind: "redis", description: "<b>Redis</b>", status: "degraded", problem: "The last ping took 812 ms." },
};

async function show(server: unknown) {
  const hub = hubOf({ server });
  render(<HubProvider value={hub}><ServerPage /></HubProvider>);
  await act(() => vi.advanceTimersByTimeAsync(0));
  return hub.api.calls;
}

const pass = (milliseconds: number) => act(() => vi.advanceTimersByTimeAsync(milliseconds));

test("ServerPage_Report_IsShownAndAskedAgain", async () => {
  const calls = await show(report);
  expect(screen.getByText("1,234")).toBeTruthy();
  expect(screen.getByText("<b>Redis</b>")).toBeTruthy();
  expect(screen.getByRole("alert").textContent).toContain("812 ms");
  await pass(4_000);
  expect(calls).toHaveLength(3);
});

test("ServerPage_NoAdministrator_IsToldAndNotAskedAgain", async () => {
  const calls = await show(new ApiError(403, "forbidden", "No."));
  expect(screen.getByRole("status").textContent).toBe("Only the server's administrators may see this.");
  await pass(60_000);
  expect(calls).toHaveLength(1);
});

test("ServerPage_NoAnswer_IsToldAndAskedAgain", async () => {
  const calls = await show(new ApiError(0, "connection_failed", "The server cannot be reached."));
  expect(screen.getByRole("alert").textContent).toContain("cannot be reached");
  await pass(3_000);
  expect(calls).toHaveLength(2);
});

test("ServerPage_Hidden_IsNotAsked", async () => {
  const calls = await show(report);
  const hidden = vi.spyOn(document, "hidden", "get").mockReturnValue(true);
  await pass(60_000);
  expect(calls).toHaveLength(1);
  hidden.mockRestore();
  act(() => void document.dispatchEvent(new Event("visibilitychange")));
  await pass(0);
  expect(calls).toHaveLength(2);
});
