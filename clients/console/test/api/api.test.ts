// @vitest-environment happy-dom
import { afterEach, expect, test, vi } from "vitest";
import { Api } from "../../src/api/api";

afterEach(() => vi.unstubAllGlobals());

const api = new Api(() => Promise.resolve("token"));
const answer = (status: number, body: object, headers: Record<string, string> = {}) =>
  vi.stubGlobal("fetch", () => Promise.resolve(new Response(JSON.stringify(body), { status, headers: { "Content-Type": "application/json", ...headers } })));
const refusal = (details: string) => {
  answer(422, { problemType: "urn:realtime-sessions:error:rule_broken", title: "Rule broken", details });
  return api.call("spaces").catch((error: unknown) => error);
};

test.each([
  ["$.spaces[0].name: is missing.", "name: is missing."],
  ["$.participants[0]: there is no such user.", "There is no such user."],
  ["A space has at most 1,000 groups.", "A space has at most 1,000 groups."],
])("call_RuleBroken_%s_TellsWhat", async (details, message) => expect(await refusal(details)).toMatchObject({ status: 422, code: "rule_broken", message }));

test("call_Problem_HasItsCode", async () => {
  answer(403, { code: "forbidden", title: "Forbidden", detail: "This is for administrators." });
  await expect(api.call("server")).rejects.toMatchObject({ status: 403, code: "forbidden", message: "This is for administrators." });
});

test("page_LinkNext_IsWhereItContinues", async () => {
  answer(200, { spaces: [] }, { Link: '<https://hub.example/api/v1/spaces?per_page=2&after=x%2By>; rel="next"' });
  expect(await api.page("spaces")).toEqual({ body: { spaces: [] }, next: "?per_page=2&after=x%2By" });
});
