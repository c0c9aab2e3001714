import { expect, test } from "vitest";
import type { Sample, ServerReport } from "../../src/server/report";
import { hear, isAway, nextAfter, shown, type Servers } from "../../src/server/servers";

const at = (second: number) => new Date(second * 1_000).toISOString();
const report = (serverId: string, now: number, ...seconds: number[]) =>
  ({ serverId, now: at(now), interval: 2, samples: seconds.map(second => ({ at: at(second) }) as Sample) }) as unknown as ServerReport;
const seconds = (servers: Servers, serverId: string) => servers.find(each => each.report.serverId === serverId)!.samples.map(sample => Date.parse(sample.at) / 1_000);

test("hear_SameServer_GoesOn", () => {
  const servers = hear(hear([], report("a", 6, 2, 4, 6), undefined, 6_000), report("a", 10, 6, 8, 10), at(6), 10_000);
  expect(seconds(servers, "a")).toEqual([2, 4, 6, 8, 10]);
  expect(nextAfter(servers, 10_000)).toBe(at(10));
});

test("hear_LongAgo_IsForgotten", () => {
  const servers = hear(hear([], report("a", 10, 2, 10), undefined, 10_000), report("a", 605, 605), at(10), 605_000);
  expect(seconds(servers, "a")).toEqual([10, 605]);
});

test("hear_SeveralServers_HaveSeriesOfTheirOwn", () => {
  const servers = hear(hear([], report("a", 6, 4, 6), undefined, 6_000), report("b", 8, 8), at(6), 8_000);
  expect([seconds(servers, "a"), seconds(servers, "b")]).toEqual([[4, 6], [8]]);
});

test("nextAfter_ServerNotKnownWhole_IsEverything", () => {
  const partly = hear(hear([], report("a", 6, 4, 6), undefined, 6_000), report("b", 8, 8), at(6), 8_000);
  expect(nextAfter(partly, 8_000)).toBeUndefined();
  const whole = hear(partly, report("b", 10, 4, 6, 8, 10), undefined, 10_000);
  expect(seconds(whole, "b")).toEqual([4, 6, 8, 10]);
  expect(nextAfter(whole, 10_000)).toBe(at(6));
});

test("nextAfter_ServerAway_IsNotWaitedFor", () => {
  const both = hear(hear([], report("a", 6, 6), undefined, 6_000), report("b", 8, 8), undefined, 8_000);
  const later = hear(both, report("b", 70, 70), at(6), 70_000);
  expect(later.map(each => isAway(each, 70_000))).toEqual([true, false]);
  expect(nextAfter(later, 70_000)).toBe(at(70));
});

test("hear_ServerGoneForLong_IsNoLongerThere", () => {
  const both = hear(hear([], report("a", 6, 6), undefined, 6_000), report("b", 8, 8), undefined, 8_000);
  expect(hear(both, report("b", 700, 700), at(8), 700_000).map(each => each.report.serverId)).toEqual(["b"]);
});

test("shown_StartedAgain_IsTheOneThatAnswers", () => {
  const both = hear(hear([], report("a", 6, 6), undefined, 6_000), report("b", 8, 8), undefined, 8_000);
  expect([shown(both, undefined), shown(both, "b"), shown([], undefined)].map(each => each?.report.serverId)).toEqual(["a", "b", undefined]);
  const later = hear(both, report("b", 40, 40), at(8), 40_000);
  expect([shown(later, undefined), shown(later, "a")].map(each => each?.report.serverId)).toEqual(["b", "a"]);
});

test("nextAfter_NobodyYet_IsEverything", () => expect(nextAfter([], 0)).toBeUndefined());
