// @vitest-environment happy-dom
import { act, StrictMode, type ReactNode } from "react";
import { createRoot, type Root } from "react-dom/client";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { RealtimeClient } from "../../src/client/realtime-client.js";
import { usePresence, useSession, useSessionData, useSyncStatus } from "../../src/react/index.js";
import type { LiveSession } from "../../src/session/live-session.js";
import { accepted, ackAt, answerJoin, answerResume, ids, newClient, patched } from "../support/fake-client.js";
import { hubs, settle, type FakeHub } from "../support/fake-hub.js";

vi.mock("../../src/connection/hub.js", async () => (await import("../support/fake-hub.js")).mockHubs);

interface Board {
  readonly title?: string;
  readonly shapes?: Readonly<Record<string, { readonly x: number }>>;
}

(globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }).IS_REACT_ACT_ENVIRONMENT = true;

let client: RealtimeClient;
let hub: FakeHub;
let root: Root;
let page: HTMLElement;
let shown: LiveSession<Board> | undefined;
let renders: number;

beforeEach(() => {
  client = newClient();
  page = document.createElement("div");
  root = createRoot(page);
  renders = 0;
});

afterEach(async () => {
  await act(async () => root.unmount());
  await client.close({ timeout: 0 });
});

function Title({ session }: { session: LiveSession<Board> | undefined }) {
  renders++;
  return <p>{useSessionData(session, data => data.title) ?? "none"}</p>;
}

function App({ sessionId = "board" }: { sessionId?: string }) {
  const { session, status, error } = useSession<Board>(client, { applicationId: "demo", sessionId });
  shown = session;
  return (
    <>
      <i>{status}</i>
      <b>{error?.code}</b>
      <Title session={session} />
      <u>{useSyncStatus(session)}</u>
      <s>{Object.keys(usePresence(session)).join()}</s>
      <em>{useSessionData(session, data => Object.keys(data.shapes ?? {}), (left, right) => left.join() === right.join())?.join()}</em>
    </>
  );
}

async function show(element: ReactNode): Promise<void> {
  await act(async () => root.render(element));
}

async function joined(data = {}): Promise<void> {
  await act(async () => {
    hub = await accepted();
    await answerJoin(hub, data);
  });
}

const read = (name: string) => page.querySelector(name)!.textContent;
const turn = () => act(() => new Promise(resolve => setTimeout(resolve)));

test("useSession_JoinsAndShows", async () => {
  await show(<App />);
  expect([read("i"), read("p"), read("u")]).toEqual(["joining", "none", "disconnected"]);
  await joined({ title: "Plans" });
  expect([read("i"), read("p"), read("u")]).toEqual(["joined", "Plans", "synchronized"]);
});

test("useSessionData_RendersOnlyWhenTheSelectionChanges", async () => {
  await show(<App />);
  await joined({ title: "Plans" });
  const before = renders;
  await act(() => patched(hub, 2, { shapes: { a: { x: 1 } } }));
  expect(read("em")).toBe("a");
  const after = renders;
  await act(() => patched(hub, 3, { shapes: { a: { x: 2 } } }));
  expect(renders).toBe(after);
  await act(() => patched(hub, 4, { title: "Other" }));
  expect(read("p")).toBe("Other");
  expect(renders).toBeGreaterThan(before);
});

test("useSessionData_AfterAnOwnPatch_ShowsItAtOnce", async () => {
  await show(<App />);
  await joined();
  act(() => void shown!.patch({ title: "Mine" }));
  expect(read("p")).toBe("Mine");
  expect(read("u")).toBe("synchronizing");
});

test("usePresence_ShowsWhoIsHere", async () => {
  await show(<App />);
  await joined();
  await act(() => hub.call("SessionPresence", { ...ids, people: { alice: { c1: {} }, bob: { c2: {} } } }));
  expect(read("s")).toBe("alice,bob");
});

test("useSession_InStrictMode_JoinsOnce", async () => {
  await show(<StrictMode><App /></StrictMode>);
  await joined({ title: "Plans" });
  await turn();
  expect(hubs).toHaveLength(1);
  expect(hub.calls).toEqual([]);
  expect(read("p")).toBe("Plans");
});

test("useSession_Unmounted_Leaves", async () => {
  await show(<App />);
  await joined();
  await show(null);
  await turn();
  expect(hub.calls.map(call => call.method)).toEqual(["LeaveSession"]);
});

test("useSession_UnmountedWithAChangeOfWithoutAConnection_SendsItWhenThereIsOne", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  try {
    await show(<App />);
    await joined();
    act(() => hub.drop());
    act(() => void shown!.patch({ title: "Kept" }));
    await show(null);
    await act(() => vi.advanceTimersByTimeAsync(60_000));
    expect(client.pendingChanges).toBe(1);
    client.wake();
    hub = await accepted();
    await answerResume(hub, 1);
    hub.take("PatchSessionData").answer(ackAt(2));
    await settle();
    expect(client.pendingChanges).toBe(0);
    expect(hub.calls.map(call => call.method)).toEqual(["LeaveSession"]);
  } finally {
    vi.useRealTimers();
  }
});

test("useSession_MountedAgainBeforeItsChangeIsAnswered_ShowsIt", async () => {
  await show(<App />);
  await joined({ title: "Plans" });
  act(() => hub.drop());
  act(() => void shown!.patch({ title: "Kept" }));
  await show(null);
  await turn();
  await show(<App />);
  await turn();
  expect([read("i"), read("p")]).toEqual(["joined", "Kept"]);
});

test("useSession_WithoutAConnectionAtFirst_JoinsWhenThereIsOne", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  try {
    await show(<App />);
    await act(() => vi.advanceTimersByTimeAsync(60_000));
    expect([read("i"), read("b"), client.state]).toEqual(["failed", "connection_failed", "connecting"]);
    client.wake();
    await act(async () => void (hub = await accepted()));
    await act(() => answerJoin(hub, { title: "Plans" }));
    expect([read("i"), read("b"), read("p")]).toEqual(["joined", "", "Plans"]);
  } finally {
    vi.useRealTimers();
  }
});

test("useSession_UnmountedWithoutAConnection_AsksForNoneAnyMore", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  try {
    await show(<App />);
    await act(() => vi.advanceTimersByTimeAsync(60_000));
    await show(null);
    await act(() => vi.advanceTimersByTimeAsync(1));
    expect(client.state).toBe("disconnected");
  } finally {
    vi.useRealTimers();
  }
});

test("useSession_WithAnotherId_ChangesOver", async () => {
  await show(<App />);
  await joined({ title: "Plans" });
  await show(<App sessionId="other" />);
  expect(read("i")).toBe("joining");
  await turn();
  expect(hub.calls.map(call => [call.method, call.request.sessionId])).toEqual([["JoinSession", "other"], ["LeaveSession", "board"]]);
});

test("useSession_ThatIsRefused_ShowsTheError", async () => {
  await show(<App />);
  await act(async () => {
    hub = await accepted();
    await settle();
    hub.take("JoinSession").fail("session_not_found");
    await settle();
  });
  expect([read("i"), read("b")]).toEqual(["failed", "session_not_found"]);
});

test("useSession_ThatIsLeft_ShowsWhy", async () => {
  await show(<App />);
  await joined({ title: "Plans" });
  await act(() => hub.call("SessionLeft", { ...ids, reason: "deleted" }));
  expect([read("i"), read("b"), read("p")]).toEqual(["left", "left", "Plans"]);
});
