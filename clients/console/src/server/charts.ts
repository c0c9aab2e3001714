import { bytes, figure, milliseconds, percent } from "../lib/figures";
import type { Roundness } from "../lib/scale";
import type { Sample } from "./report";

/** What a chart of the server view shows. */
export interface ServerChart {
  readonly title: string;
  readonly lines: readonly { readonly label: string; readonly of: (sample: Sample) => number | undefined }[];
  readonly format: (value: number) => string;
  /** What the round values on its axis are. */
  readonly roundness?: Roundness;
}

const count = { format: figure, roundness: { least: 1 } };

/** The charts, in the order in which one looks when something is wrong: what people notice, what causes it, what it costs. */
export const charts: readonly ServerChart[] = [
  { title: "Connections", ...count, lines: [{ label: "open", of: sample => sample.connections }] },
  { title: "Members", ...count, lines: [{ label: "joined", of: sample => sample.members }, { label: "watching", of: sample => sample.watchers }] },
  { title: "In use", ...count, lines: [{ label: "sessions", of: sample => sample.sessions }, { label: "conversations", of: sample => sample.conversations }] },
  { title: "Events per second", format: figure, lines: [{ label: "appended", of: sample => sample.eventsPerSecond }] },
  { title: "Deliveries per second", format: figure, lines: [{ label: "written", of: sample => sample.deliveriesPerSecond }] },
  { title: "Calls per second", format: figure, lines: [{ label: "calls", of: sample => sample.callsPerSecond }, { label: "refused", of: sample => sample.refusalsPerSecond }] },
  { title: "Delivery lag", format: milliseconds, lines: [{ label: "p50", of: sample => sample.deliveryLag?.p50 }, { label: "p99", of: sample => sample.deliveryLag?.p99 }] },
  { title: "Members behind", ...count, lines: [{ label: "lagging", of: sample => sample.lagging }] },
  { title: "Append", format: milliseconds, lines: [{ label: "p50", of: sample => sample.append?.p50 }, { label: "p99", of: sample => sample.append?.p99 }] },
  { title: "Engine latency", format: milliseconds, lines: [{ label: "a small read", of: sample => sample.engineLatency }] },
  { title: "Processor", format: percent, lines: [{ label: "of one core", of: sample => sample.cpu }] },
  { title: "Memory", format: bytes, roundness: { base: 1024 }, lines: [{ label: "working set", of: sample => sample.workingSet }, { label: "heap", of: sample => sample.heap }] },
];
