// @vitest-environment happy-dom
import { act, cleanup, fireEvent, render, screen } from "@testing-library/react";
import type { JsonObject } from "realtime-sessions";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Activity } from "../../../src/session/data/activity";
import { DataTree } from "../../../src/session/data/data-tree";

let patches: JsonObject[];
let show: (data: JsonObject) => void;

beforeEach(() => {
  patches = [];
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
    <>
      <input aria-label="Elsewhere" />
      <DataTree data={shown} isReadOnly={false} activity={activity} others={new Map()} onPatch={patch => void patches.push(patch)} onVisit={() => undefined} />
    </>
  );
  const { rerender } = render(tree(data));
  show = next => rerender(tree(next));
}

const row = (pointer: string) => document.querySelector<HTMLElement>(`[data-pointer="${pointer}"]`)!;
const editor = () => document.querySelector<HTMLInputElement>(".editor input");
const type = (text: string) => fireEvent.change(editor()!, { target: { value: text } });

describe("an editor in the tree", () => {
  it("closes when the keyboard goes elsewhere", () => {
    begin({ a: 1 });
    fireEvent.doubleClick(row("/a"));
    type("2");
    act(() => screen.getByLabelText("Elsewhere").focus());
    expect(document.activeElement).toBe(screen.getByLabelText("Elsewhere"));
    expect(editor()).toBeNull();
    expect(patches).toEqual([]);
  });

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
});
