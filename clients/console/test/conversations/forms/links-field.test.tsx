// @vitest-environment happy-dom
import { act, cleanup, fireEvent, render, screen } from "@testing-library/react";
import { RealtimeError } from "realtime-sessions";
import { afterEach, expect, test } from "vitest";
import { HubProvider } from "../../../src/app/hub";
import { LinksField } from "../../../src/conversations/forms/links-field";
import { hubOf, TestConnection } from "../../support/hub";

afterEach(cleanup);

/** A client with two applications, whose sessions are listed when the test says so. */
class SlowClient extends TestConnection {
  readonly #waiting = new Map<string, { resolve: (answer: unknown) => void; reject: (error: unknown) => void }>();

  listApplications() {
    return Promise.resolve({ applications: ["a", "b"].map(id => ({ applicationId: id, name: id.toUpperCase() })) });
  }

  listSessions({ applicationId }: { readonly applicationId: string }) {
    return new Promise((resolve, reject) => this.#waiting.set(applicationId, { resolve, reject }));
  }

  answer(applicationId: string, name: string) {
    return act(async () => this.#waiting.get(applicationId)!.resolve({ sessions: [{ sessionId: "s", name }] }));
  }

  refuse(applicationId: string) {
    return act(async () => this.#waiting.get(applicationId)!.reject(new RealtimeError("forbidden", "You may not list its sessions.")));
  }
}

test("LinksField_AnotherApplication_OffersItsOwnSessionsAlone", async () => {
  const client = new SlowClient();
  const changes: unknown[] = [];
  await act(async () => render(<HubProvider value={hubOf({}, client)}><LinksField links={[]} onChange={links => changes.push(links)} /></HubProvider>));
  const choose = (label: string, value: string) => fireEvent.change(screen.getByLabelText(label), { target: { value } });

  choose("Application of a session", "a");
  await client.answer("a", "Session of A");
  expect(screen.getByText("Session of A")).toBeTruthy();

  choose("Application of a session", "b");
  expect(screen.queryByText("Session of A")).toBeNull();
  await client.refuse("b");
  expect(screen.queryByText("Session of A")).toBeNull();
  expect(screen.getByRole("status").textContent).toBe("You may not list its sessions.");

  choose("Application of a session", "a");
  await client.answer("a", "Session of A");
  choose("Session", "s");
  expect(changes).toEqual([[{ id: "session:a/s", name: "Session of A" }]]);
});
