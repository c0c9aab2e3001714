// @vitest-environment happy-dom
import { expect, test } from "vitest";
import { ApiError } from "../../../src/api/api";
import { Known } from "../../../src/conversations/data/known";

const settled = () => new Promise(resolve => setTimeout(resolve));

test("want_Unknown_IsAskedOnce", async () => {
  const asked: number[] = [];
  const known = new Known(id => (asked.push(id), Promise.resolve(`Thing ${id}`)));
  let told = 0;
  const end = known.subscribe(() => told++);
  known.want(7);
  known.want(7);
  await settled();
  known.want(7);
  expect([asked, known.get(7), told]).toEqual([[7], "Thing 7", 1]);
  end();
  known.put([[8, "Thing 8"]]);
  known.want(8);
  expect([asked, known.all, told]).toEqual([[7], ["Thing 7", "Thing 8"], 1]);
});

test.each([
  [new ApiError(404, "user_not_found", "There is no such user."), 1],
  [new ApiError(0, "connection_failed", "The server cannot be reached."), 2],
])("want_%s_IsAskedTimes %d", async (error, times) => {
  let asked = 0;
  const known = new Known<string>(() => (asked++, Promise.reject(error)));
  known.want(7);
  await settled();
  known.want(7);
  await settled();
  expect([asked, known.get(7)]).toEqual([times, undefined]);
});
