// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { useState, type FunctionComponent } from "react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { Boundary } from "../../src/app/boundary";
import { part } from "../../src/app/part";

beforeEach(() => {
  // React tells there what a boundary has caught.
  vi.spyOn(console, "error").mockImplementation(() => undefined);
});

afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

const Late: FunctionComponent<{ readonly of: string }> = ({ of }) => <p>Late of {of}</p>;

/** A page with something typed in it, and a part that is loaded when it is wanted. */
function page(load: () => Promise<{ default: typeof Late }>) {
  const Part = part(load);
  return function Page() {
    const [isOpen, setIsOpen] = useState(false);
    return (
      <>
        <input aria-label="Typed" />
        <button onClick={() => setIsOpen(open => !open)}>Turn</button>
        {isOpen && <Part of="the page" />}
      </>
    );
  };
}

const click = (name: string) => fireEvent.click(screen.getByRole("button", { name }));

it("part_ThatCannotBeLoaded_LeavesWhatIsAroundItAndIsLoadedAgain", async () => {
  const load = vi.fn<() => Promise<{ default: typeof Late }>>().mockRejectedValueOnce(new Error("No such chunk.")).mockResolvedValue({ default: Late });
  const Page = page(load);
  render(<Page />);
  const typed = screen.getByLabelText<HTMLInputElement>("Typed");
  typed.value = "kept";
  click("Turn");
  expect((await screen.findByRole("alert")).textContent).toContain("could not be shown");
  expect(screen.getByText("No such chunk.")).toBeTruthy();
  expect(screen.getByLabelText<HTMLInputElement>("Typed")).toBe(typed);
  click("Load again");
  expect(await screen.findByText("Late of the page")).toBeTruthy();
  expect([load.mock.calls.length, typed.value, typed.isConnected]).toEqual([2, "kept", true]);
});

it("part_ThatCouldNotBeLoaded_IsLoadedAgainWhenOneComesBack", async () => {
  const load = vi.fn<() => Promise<{ default: typeof Late }>>().mockRejectedValueOnce(new Error("No such chunk.")).mockResolvedValue({ default: Late });
  const Page = page(load);
  render(<Page />);
  click("Turn");
  await screen.findByRole("alert");
  click("Turn");
  click("Turn");
  expect(await screen.findByText("Late of the page")).toBeTruthy();
});

it("part_LoadedOnce_IsThereAtOnceTheNextTime", async () => {
  const load = vi.fn(() => Promise.resolve({ default: Late }));
  const Page = page(load);
  render(<Page />);
  click("Turn");
  await screen.findByText("Late of the page");
  click("Turn");
  click("Turn");
  expect(screen.getByText("Late of the page")).toBeTruthy();
  expect(load).toHaveBeenCalledOnce();
});

it("Boundary_OfAnotherPlace_ShowsThat", () => {
  const Broken: FunctionComponent = () => {
    throw new Error("Broken.");
  };
  const { rerender } = render(<Boundary of="/a"><Broken /></Boundary>);
  expect(screen.getByText("Broken.")).toBeTruthy();
  rerender(<Boundary of="/b"><p>Another</p></Boundary>);
  expect(screen.getByText("Another")).toBeTruthy();
  expect(screen.queryByRole("alert")).toBeNull();
});
