// @vitest-environment happy-dom
import { act, cleanup, fireEvent, render, screen } from "@testing-library/react";
import type { JsonObject } from "realtime-sessions";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Activity } from "../../../src/session/data/activity";
import { DataTree } from "../../../src/session/data/data-tree";

let patches: JsonObject[];
let answer: () => Promise<unknown>;
let latest: JsonObject;
let show: (data: JsonObject) => void;

beforeEach(() => {
  patches = [];
  answer = () => Promise.resolve();
  // What is drawn is what is in view: the page has a size.
  vi.spyOn(HTMLElement.prototype, "clientHeight", "get").mockReturnValue(600);
  vi.spyOn(HTMLElement.prototype, "clientWidth", "get").mockReturnValue(400);
});

afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

function begin(data: JsonObject): void {
  const activity = new Activity();
  const tree = (shown: JsonObject) => (
    <DataTree data={shown} latest={() => latest} isReadOnly={false} activity={activity} others={new Map()} onPatch={patch => (patches.push(patch), answer())} onVisit={() => undefined} />
  );
  const { rerender } = render(tree((latest = data)));
  show = next => rerender(tree((latest = next)));
}

const row = (pointer: string) => document.querySelector<HTMLElement>(`[data-pointer="${pointer}"]`)!;
const editor = () => document.querySelector<HTMLInputElement>(".editor input");
const type = (text: string) => fireEvent.change(editor()!, { target: { value: text } });

describe("an editor in the tree", () => {
  it("keeps what is typed while one is in another window", () => {
    begin({ a: 1 });
    fireEvent.doubleClick(row("/a"));
    type("2");
    vi.spyOn(document, "hasFocus").mockReturnValue(false);
    fireEvent.blur(editor()!);
    expect(editor()!.value).toBe("2");
  });

  it.each([["Enter", [{ a: 2 }]], ["Escape", []]])("gives the keyboard back to the tree after %s", (key, expected) => {
    begin({ a: 1 });
    fireEvent.doubleClick(row("/a"));
    type("2");
    fireEvent.keyDown(editor()!, { key });
    expect(document.activeElement).toBe(screen.getByRole("tree"));
    expect(patches).toEqual(expected);
  });

  it("stays the same one when a word in it is chosen by a double click", () => {
    begin({ a: 1 });
    fireEvent.click(row("/a"));
    fireEvent.keyDown(screen.getByRole("tree"), { key: "F2" });
    fireEvent.doubleClick(editor()!);
    expect(screen.getByLabelText("New name of a")).toBe(editor());
  });

  it.each<[string, JsonObject, JsonObject]>([
    ["inserts before it", { list: ["x", "a", "b"] }, { list: ["x", "a", "B"] }],
    ["removes what is before it", { list: ["b"] }, { list: ["B"] }],
    ["moves it", { list: ["b", "a"] }, { list: ["B", "a"] }],
  ])("stays at an array's element when somebody %s", (_, data, expected) => {
    begin({ list: ["a", "b"] });
    fireEvent.doubleClick(row("/list/1"));
    const input = editor();
    type("B");
    show(data);
    expect(editor()).toBe(input);
    fireEvent.keyDown(input!, { key: "Enter" });
    expect(patches).toEqual([expected]);
  });

  it("follows what was not drawn yet", () => {
    begin({ list: ["a", "b"] });
    fireEvent.doubleClick(row("/list/1"));
    type("B");
    latest = { list: ["x", "a", "b"] };
    fireEvent.keyDown(editor()!, { key: "Enter" });
    expect(patches).toEqual([{ list: ["x", "a", "B"] }]);
  });

  it("keeps what is typed, and takes nothing, where its element cannot be told any more", () => {
    begin({ list: ["a", "b", "c"] });
    fireEvent.doubleClick(row("/list/1"));
    type("B");
    show({ list: ["a", "c"] });
    fireEvent.keyDown(editor()!, { key: "Enter" });
    expect(patches).toEqual([]);
    expect(editor()!.value).toBe("B");
    expect(screen.getByRole("status", { name: "" }).textContent).toContain("gone");
  });
});

describe("the tree", () => {
  it("removes the element that is meant when one that was not drawn yet stands before it", () => {
    begin({ list: ["a", "b"] });
    fireEvent.click(row("/list/1"));
    latest = { list: ["x", "a", "b"] };
    fireEvent.keyDown(screen.getByRole("tree"), { key: "Delete" });
    expect(patches).toEqual([{ list: ["x", "a"] }]);
  });
});

describe("the form that adds", () => {
  const write = (label: string, text: string) => fireEvent.change(screen.getByLabelText(label), { target: { value: text } });
  const submit = () => act(async () => fireEvent.click(screen.getByText("Add")));
  const value = (label: string) => screen.getByLabelText<HTMLInputElement>(label).value;

  it("adds to an array's element wherever it is by now", async () => {
    begin({ list: [{ a: 1 }, { b: 2 }] });
    fireEvent.click(screen.getByLabelText("Add to list"));
    expect(document.activeElement).toBe(screen.getByLabelText("New value"));
    fireEvent.click(row("/list"));
    fireEvent.click(row("/list/1"));
    fireEvent.keyDown(screen.getByRole("tree"), { key: "Insert" });
    write("New name", "c");
    show({ list: [0, { a: 1 }, { b: 2 }] });
    write("New value", "3");
    expect(screen.getByLabelText("Add to /list/2")).toBeTruthy();
    await submit();
    expect(patches).toEqual([{ list: [0, { a: 1 }, { b: 2, c: 3 }] }]);
    expect(document.activeElement).toBe(screen.getByRole("tree"));
  });

  it("puts back what was refused, with what it was to be added to", async () => {
    begin({ o: {} });
    answer = () => Promise.reject(new Error("No."));
    fireEvent.click(screen.getByLabelText("Add to o"));
    write("New name", "n");
    write("New value", "1");
    await submit();
    expect(screen.getByLabelText("Add to /o")).toBeTruthy();
    expect([value("New name"), value("New value")]).toEqual(["n", "1"]);
  });

  it("is empty for the next one while the first is on its way, and keeps that if the first is refused", async () => {
    begin({});
    let refuse: (error: Error) => void;
    answer = () => new Promise((_, reject) => (refuse = reject));
    write("New name", "n");
    await submit();
    expect(value("New name")).toBe("");
    write("New name", "next");
    await act(async () => refuse(new Error("No.")));
    expect(value("New name")).toBe("next");
  });

  it("takes no null for a name", async () => {
    begin({});
    write("New name", "n");
    write("New value", "null");
    await submit();
    expect(patches).toEqual([]);
    expect(value("New name")).toBe("n");
    expect(screen.getByRole("status").textContent).toContain("null removes");
  });
});
