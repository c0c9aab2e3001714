// @vitest-environment happy-dom
import { act, cleanup, fireEvent, render, screen } from "@testing-library/react";
import { useState } from "react";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Dialog } from "../../src/design/dialog";

let answer: (what: string) => void;
let refuse: (error: Error) => void;
let done: string[];

beforeEach(() => {
  done = [];
});

afterEach(cleanup);

/** A page with a button that opens a dialog. */
function Page({ hasOpener = true }: { readonly hasOpener?: boolean }) {
  const [isOpen, setIsOpen] = useState(false);
  const wait = () => new Promise<string>((resolve, reject) => ([answer, refuse] = [resolve, reject]));
  return (
    <main id="main" tabIndex={-1}>
      {hasOpener && <button onClick={() => setIsOpen(true)}>Rename</button>}
      {isOpen && <Dialog title="Another name" action="Save" onSubmit={wait} onDone={what => done.push(what)} onClose={() => setIsOpen(false)}><input autoFocus aria-label="Name" /></Dialog>}
    </main>
  );
}

function show() {
  const { rerender, unmount } = render(<Page />);
  const opener = button("Rename");
  act(() => opener.focus());
  fireEvent.click(opener);
  return { opener, rerender, unmount };
}

const button = (name: string) => screen.getByRole<HTMLButtonElement>("button", { name });
const dialog = () => screen.queryByRole("dialog");
const submit = () => act(async () => void fireEvent.submit(document.querySelector("form")!));
const escape = () => fireEvent(dialog()!, new Event("cancel", { cancelable: true }));

describe("Dialog", () => {
  it("gives the focus back when it is cancelled", () => {
    const { opener } = show();
    expect(document.activeElement).toBe(screen.getByLabelText("Name"));
    fireEvent.click(button("Cancel"));
    expect(dialog()).toBeNull();
    expect(document.activeElement).toBe(opener);
  });

  it("gives the focus back when it is done", async () => {
    const { opener } = show();
    await submit();
    await act(async () => answer("saved"));
    expect(dialog()).toBeNull();
    expect(done).toEqual(["saved"]);
    expect(document.activeElement).toBe(opener);
  });

  it("gives the focus to the content where its opener is gone", () => {
    const { rerender } = show();
    rerender(<Page hasOpener={false} />);
    fireEvent.click(button("Cancel"));
    expect(document.activeElement?.id).toBe("main");
  });

  it("gives the focus to the content where its opener goes after it", async () => {
    const { rerender } = show();
    await submit();
    await act(async () => answer("saved"));
    await act(async () => rerender(<Page hasOpener={false} />));
    expect(document.activeElement?.id).toBe("main");
  });

  it("cannot be closed while it is busy", async () => {
    show();
    expect(escape()).toBe(true);
    await submit();
    expect(button("Cancel").disabled).toBe(true);
    expect(dialog()!.getAttribute("closedby")).toBe("none");
    expect(escape()).toBe(false);

    await act(async () => refuse(new Error("Taken.")));
    expect(screen.getByRole("alert").textContent).toBe("Taken.");
    expect(button("Cancel").disabled).toBe(false);
    expect(escape()).toBe(true);
  });

  it("is not done where the page has gone meanwhile", async () => {
    const { unmount } = show();
    await submit();
    unmount();
    await act(async () => answer("saved"));
    expect(done).toEqual([]);
  });
});
