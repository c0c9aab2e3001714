// @vitest-environment happy-dom
import { act, cleanup, fireEvent, screen, waitFor } from "@testing-library/react";
import { RealtimeError } from "realtime-sessions";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { refusal, Scene } from "./scene";

let scene: Scene;

beforeEach(async () => {
  scene = new Scene();
  await scene.show();
});

afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

const field = (label: string) => screen.getByLabelText<HTMLInputElement>(label);
const write = (label: string, text: string) => fireEvent.change(field(label), { target: { value: text } });
const press = (name: string) => act(async () => fireEvent.click(screen.getByRole("button", { name })));
const open = (name: string) => act(async () => fireEvent.click(screen.getByRole("tab", { name })));
const events = () => [...document.querySelectorAll(".event-row .summary")].map(({ textContent }) => textContent);

describe("a session that was left", () => {
  it.each([["deleted", "was deleted"], ["session_not_found", "not there any more"], ["application_not_found", "application is not there"], ["some_other", "(some_other)"]])(
    "says why, and can be changed no longer: %s", async (reason, said) => {
      act(() => scene.tell("left", reason));
      await waitFor(() => expect(screen.getByRole("alert").textContent).toContain(said));
      expect(screen.queryByRole("button", { name: "Raw patch" })).toBeNull();
      expect(screen.queryByRole("form", { name: "Add to the data" })).toBeNull();
    });

  it("says of each change that had no answer that it is not made, or may be", async () => {
    const drops: ((code: "left" | "uncertain") => void)[] = [];
    scene.answer = () => new Promise((_, reject) => drops.push(code => reject(new RealtimeError(code, "Left."))));
    for (const name of ["one", "two"]) {
      write("New name", name);
      await press("Add");
    }
    write("Name of the event", "three");
    await press("Send");
    await act(async () => {
      drops.forEach((drop, index) => drop(index === 0 ? "uncertain" : "left"));
      scene.tell("left", "session_not_found");
    });
    expect(screen.getByRole("alert").textContent).toMatch(/2 changes were not sent, and are not made. 1 change was sent without an answer, and may be made or not.$/);
  });
});

describe("what one has typed", () => {
  it.each([
    ["a custom event", "Timeline", "Name of the event", ["greeting", undefined]],
    ["a participant", "People", "Id", { id: "greeting", type: "user" }],
  ])("is empty for the next one while it is on its way, and comes back if it is refused: %s", async (_, tab, label, made) => {
    await open(tab);
    let refuse: () => void;
    scene.answer = scene.added = () => new Promise<unknown>((_, reject) => (refuse = () => void refusal().catch(reject)));
    const form = () => field(label).closest("form")!;
    write(label, "greeting");
    await act(async () => fireEvent.submit(form()));
    expect(scene.made).toEqual([made]);
    expect(field(label).value).toBe("");
    await act(async () => refuse());
    await waitFor(() => expect(field(label).value).toBe("greeting"));

    await act(async () => fireEvent.submit(form()));
    write(label, "next");
    await act(async () => refuse());
    expect(field(label).value).toBe("next");
  });

  it("comes back of a raw patch that is refused, and stays while one looks at the past", async () => {
    await press("Raw patch");
    scene.answer = refusal;
    write("A JSON merge patch", '{"a":1}');
    await press("Apply the patch");
    await waitFor(() => expect(field("A JSON merge patch").value).toBe('{"a":1}'));
    write("New name", "half");

    for (const name of ["one", "two", "three"]) act(() => scene.append(name));
    await waitFor(() => expect(screen.getByRole<HTMLInputElement>("slider").max).toBe("3"));
    fireEvent.change(screen.getByRole("slider"), { target: { value: "1" } });
    await waitFor(() => expect(screen.getByRole("heading", { name: "Data at 1" })).toBeTruthy());
    expect(field("A JSON merge patch").closest("form")!.hidden).toBe(true);
    await press("Now");
    expect(field("A JSON merge patch").value).toBe('{"a":1}');
    expect(field("A JSON merge patch").closest("form")!.hidden).toBe(false);
    expect(field("New name").value).toBe("half");
  });

  it("stays in a tab while one looks at another", async () => {
    write("Name of the event", "half");
    write("Search the events", "one");
    await open("People");
    write("Id", "bo");
    await open("Timeline");
    expect(field("Name of the event").value).toBe("half");
    expect(field("Search the events").value).toBe("one");
    await open("People");
    expect(field("Id").value).toBe("bo");
    expect(screen.getAllByRole("tabpanel")).toHaveLength(1);
  });
});

describe("the timeline in a tab that is not shown", () => {
  it("hears nothing, and shows what has come when it is shown again", async () => {
    const heard = scene.listeners("event");
    act(() => scene.append("one"));
    await waitFor(() => expect(events()).toEqual(["one"]));
    await open("Details");
    expect(scene.listeners("event")).toBeLessThan(heard);
    act(() => scene.append("two"));
    expect(events()).toEqual(["one"]);
    await open("Timeline");
    await waitFor(() => expect(events()).toEqual(["one", "two"]));
  });

  it("shows another history that has begun meanwhile", async () => {
    for (const name of ["one", "two"]) act(() => scene.append(name));
    await waitFor(() => expect(events()).toEqual(["one", "two"]));
    await open("Details");
    act(() => scene.beginAnew("anew"));
    await open("Timeline");
    await waitFor(() => expect(events()).toEqual(["anew"]));
  });
});
