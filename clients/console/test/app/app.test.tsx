// @vitest-environment happy-dom
// @vitest-environment-options { "url": "http://localhost/console/" }
import { act, cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { App } from "../../src/app/app";
import type { Hub } from "../../src/app/hub";
import { SignInEnded, type Credentials } from "../../src/identity/credentials";
import { TestClient } from "./client";

const hubs: { readonly client: TestClient; readonly user: Credentials }[] = [];

vi.mock("../../src/app/hub", async original => ({
  ...(await original()),
  openHub(user: Credentials): Hub {
    const client = new TestClient();
    hubs.push({ client, user });
    return { ...client.hub, user };
  },
}));
vi.mock("../../src/app/pages", () => ({ Pages: () => <input aria-label="Typed" /> }));

const token = (sub: string, n: number) => `header.${btoa(JSON.stringify({ sub, jti: n }))}.signature`;

beforeEach(async () => {
  hubs.length = 0;
  sessionStorage.setItem("realtime-sessions.sign-in", JSON.stringify({ kind: "token", token: token("alice", 1) }));
  vi.stubGlobal("fetch", () => Promise.resolve(Response.json({ version: "1", signIn: {} })));
  render(<App />);
  fireEvent.change(await screen.findByLabelText("Typed"), { target: { value: "half a word" } });
  await waitFor(() => expect(hubs[0]!.client.connects).toHaveLength(1));
  act(() => hubs[0]!.client.to("reconnecting"));
  act(() => hubs[0]!.client.fail(new SignInEnded()));
  fireEvent.click(screen.getByRole("button", { name: "Sign in again" }));
});

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  sessionStorage.clear();
});

async function useToken(value: string): Promise<void> {
  fireEvent.change(screen.getByLabelText(/A JSON Web Token/), { target: { value } });
  await act(async () => fireEvent.submit(screen.getByLabelText(/A JSON Web Token/).closest("form")!));
}

const typed = () => screen.getByLabelText<HTMLInputElement>("Typed").value;
const isHidden = () => document.querySelector<HTMLElement>(".frame")!.hidden;

it("App_SignedInAgainAsTheSameUser_GoesOnWhereHeWas", async () => {
  expect(isHidden()).toBe(true);
  await useToken(token("alice", 2));
  expect([isHidden(), typed(), hubs.length, hubs[0]!.client.wakes]).toEqual([false, "half a word", 1, 1]);
  expect(await hubs[0]!.user.accessToken()).toBe(token("alice", 2));
});

it("App_SignedInAgainAsAnotherUser_BeginsAnew", async () => {
  await useToken(token("bob", 1));
  expect([isHidden(), typed(), hubs.length, hubs[0]!.client.state]).toEqual([false, "", 2, "closed"]);
  expect(hubs[1]!.user.userId).toBe("bob");
});

it("App_NotSignedInAgain_IsAsItWas", () => {
  fireEvent.click(screen.getByRole("button", { name: "Not now" }));
  expect([isHidden(), typed(), hubs.length]).toEqual([false, "half a word", 1]);
});
