// @vitest-environment happy-dom
import { act, cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { HubProvider } from "../../src/app/hub";
import { Shell } from "../../src/app/shell";
import { SignInEnded } from "../../src/identity/credentials";
import { TestClient } from "./client";

const onSignIn = vi.fn();
const onSignOut = vi.fn();
let client: TestClient;

beforeEach(() => {
  client = new TestClient();
  render(<HubProvider value={client.hub}><Shell onSignIn={onSignIn} onSignOut={onSignOut}><p>The page</p></Shell></HubProvider>);
});

afterEach(() => {
  cleanup();
  vi.resetAllMocks();
});

const light = () => document.querySelector(".light")!.textContent;
const banner = () => document.querySelector(".banner");

describe("The connection", () => {
  it("is sought until it is there", () => {
    expect(client.connects).toEqual([{ signal: expect.anything() as unknown, timeout: Infinity }]);
    expect(light()).toBe("Connecting");
  });

  it("that is lost is told under the header, before the page", () => {
    act(() => client.to("connected"));
    expect(banner()).toBeNull();
    act(() => client.to("reconnecting"));
    expect(light()).toBe("Reconnecting");
    expect(banner()!.textContent).toContain("is kept, and sent when it is back");
    expect([banner()!.previousElementSibling!.tagName, banner()!.nextElementSibling!.id]).toEqual(["HEADER", "main"]);
  });

  it("of an ended sign-in asks to sign in again", () => {
    act(() => client.to("connected"));
    act(() => client.to("reconnecting"));
    act(() => client.fail(new SignInEnded()));
    expect(light()).toBe("Sign-in ended");
    expect(banner()!.textContent).not.toContain("when it is back");
    fireEvent.click(screen.getByRole("button", { name: "Sign in again" }));
    expect(onSignIn).toHaveBeenCalledOnce();
  });

  it("that is there again after an ended sign-in says nothing of that any more, nor when it is lost the next time", () => {
    act(() => client.to("reconnecting"));
    act(() => client.fail(new SignInEnded()));
    act(() => client.to("connected"));
    expect([light(), banner()]).toEqual(["Connected", null]);
    act(() => client.to("reconnecting"));
    expect(light()).toBe("Reconnecting");
  });
});

describe("What is still to be sent", () => {
  const leave = () => {
    const event = new Event("beforeunload", { cancelable: true });
    dispatchEvent(event);
    return event.defaultPrevented;
  };
  const signOut = (name = "Sign out") => fireEvent.click(screen.getByRole("button", { name, hidden: true }));

  it("lets the browser ask before the page is left", () => {
    expect(leave()).toBe(false);
    client.pendingChanges = 1;
    expect(leave()).toBe(true);
    cleanup();
    expect(leave()).toBe(false);
  });

  it("is asked about before one signs out", async () => {
    client.pendingChanges = 2;
    signOut();
    expect(onSignOut).not.toHaveBeenCalled();
    expect(screen.getByRole("dialog").textContent).toContain("2 changes have not reached the server yet");
    await act(async () => signOut("Sign out all the same"));
    expect(onSignOut).toHaveBeenCalledOnce();
  });

  it("where there is nothing, one signs out at once", () => {
    signOut();
    expect(onSignOut).toHaveBeenCalledOnce();
  });
});
