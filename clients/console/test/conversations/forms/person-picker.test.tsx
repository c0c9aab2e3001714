// @vitest-environment happy-dom
import { act, cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, test } from "vitest";
import { Api, type ApiCall } from "../../../src/api/api";
import { HubProvider } from "../../../src/app/hub";
import { PersonPicker } from "../../../src/conversations/forms/person-picker";
import { hubOf } from "../../support/hub";

/** A server that answers a search when it is told to, with whom it finds. */
class SlowApi extends Api {
  readonly #waiting = new Map<string, (names: readonly string[]) => void>();

  override page<T>(_: string, { query = {} }: ApiCall = {}): Promise<{ readonly body: T; readonly next: string | undefined }> {
    return new Promise(resolve => this.#waiting.set(`${query["space_id"] ?? ""}:${query["like"] ?? ""}`, names => {
      resolve({ body: { users: names.map(name => ({ id: name.length, name })) } as T, next: undefined });
    }));
  }

  answer(question: string, ...names: readonly string[]) {
    return act(async () => this.#waiting.get(question)!(names));
  }
}

let api: SlowApi;
let picked: string[];

beforeEach(() => {
  api = new SlowApi(() => Promise.resolve("token"));
  picked = [];
});

afterEach(cleanup);

function show(spaceId?: number) {
  const hub = { ...hubOf({}), api };
  const picker = (spaceId?: number) => <HubProvider value={hub}><PersonPicker label="Add a person" spaceId={spaceId} chosen={[]} onPick={({ name }) => picked.push(name)} /></HubProvider>;
  const { rerender } = render(picker(spaceId));
  return (spaceId: number) => rerender(picker(spaceId));
}

const field = () => screen.getByRole<HTMLInputElement>("searchbox");
const type = (value: string) => fireEvent.change(field(), { target: { value } });
const enter = () => fireEvent.keyDown(field(), { key: "Enter" });

test("PersonPicker_EnterBeforeTheAnswer_AddsNobody", async () => {
  show();
  await api.answer(":", "alice", "bob");
  type("bob");
  expect(screen.getByText("+ alice")).toBeTruthy();
  expect(enter()).toBe(false);
  expect(picked).toEqual([]);

  await api.answer(":bob", "bob");
  enter();
  expect(picked).toEqual(["bob"]);
  expect(field().value).toBe("");
});

test("PersonPicker_AnotherSpace_OffersNobodyOfTheOneBefore", async () => {
  const move = show(1);
  await api.answer("1:", "alice");
  move(2);
  expect(screen.queryByText("+ alice")).toBeNull();
});
