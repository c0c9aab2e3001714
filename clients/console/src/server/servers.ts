import type { Sample, ServerReport } from "./report";

/** A server, and what it has told so far. */
export interface ServerSeries {
  /** The latest report; its samples are in `samples`. */
  readonly report: ServerReport;
  /** Oldest first. */
  readonly samples: readonly Sample[];
  /** When it was last heard of, in milliseconds since 1970, by the clock here. */
  readonly heardAt: number;
  /** Whether it has told everything that it keeps, not only what was new to another one. */
  readonly isWhole: boolean;
}

/** The servers behind the address, in the order in which they were first heard of: they answer in turn. */
export type Servers = readonly ServerSeries[];

/** As long a time is kept and shown, in milliseconds. */
export const span = 600_000;

/** A server that has not answered for so long is away, in milliseconds. One that was started again is another one. */
const away = 30_000;

/**
 * A server has answered.
 * @param after What it was asked for: samples after this. `undefined`: all.
 */
export function hear(servers: Servers, report: ServerReport, after: string | undefined, now: number): Servers {
  const { serverId, samples: told } = report;
  const before = servers.find(each => each.report.serverId === serverId);
  const last = before?.samples.at(-1)?.at;
  const kept = after === undefined ? [] : before?.samples ?? [];
  const fresh = after === undefined || last === undefined ? told : told.filter(({ at }) => Date.parse(at) > Date.parse(last));
  const since = Date.parse(report.now) - span;
  const series = {
    report, heardAt: now, isWhole: after === undefined || (before?.isWhole ?? false),
    samples: [...kept, ...fresh].filter(({ at }) => Date.parse(at) >= since),
  };
  const present = servers.filter(each => each === before || now - each.heardAt < span);
  return before ? present.map(each => (each === before ? series : each)) : [...present, series];
}

/** Whether a server has not answered for a while: it was stopped, or cannot be reached. */
export function isAway({ heardAt }: ServerSeries, now: number): boolean {
  return now - heardAt >= away;
}

/** The server that is shown: the one that was chosen, else the first that answers. */
export function shown(servers: Servers, chosen: string | undefined): ServerSeries | undefined {
  const now = lastHeard(servers);
  return servers.find(each => each.report.serverId === chosen) ?? servers.find(each => !isAway(each, now));
}

/** When any of them was last heard of. */
export function lastHeard(servers: Servers): number {
  return Math.max(0, ...servers.map(each => each.heardAt));
}

/** After which moment to ask next, so that whichever server answers tells all that is new; `undefined`: everything. */
export function nextAfter(servers: Servers, now: number): string | undefined {
  const present = servers.filter(each => !isAway(each, now));
  if (present.length === 0 || present.some(each => !each.isWhole)) return undefined;
  const lasts = present.flatMap(each => each.samples.at(-1)?.at ?? []);
  return lasts.length < present.length ? undefined : lasts.sort((one, other) => Date.parse(one) - Date.parse(other))[0];
}
