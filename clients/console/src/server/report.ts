/** How long something took, in milliseconds. */
export interface Durations {
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
}

/** What a server counted in one interval. Rates are per second. */
export interface Sample {
  /** When the interval ended: ISO 8601. */
  readonly at: string;
  readonly connections: number;
  /** Connections in sessions and conversations, once for each. */
  readonly members: number;
  /** Connections that watch applications and spaces, once for each. */
  readonly watchers: number;
  /** Sessions that some connection is in; conversations likewise. */
  readonly sessions: number;
  readonly conversations: number;
  /** Members and watchers that are behind. */
  readonly lagging: number;
  readonly callsPerSecond: number;
  readonly eventsPerSecond: number;
  readonly deliveriesPerSecond: number;
  readonly refusalsPerSecond: number;
  /** From when an event is made until it is written to those who are not behind. Absent: nothing was. */
  readonly deliveryLag?: Durations;
  /** How long appends took. Absent: there was none. */
  readonly append?: Durations;
  /** Of a small read, in milliseconds. Absent: it was not answered. */
  readonly engineLatency?: number;
  /** As a fraction of one core. */
  readonly cpu: number;
  /** Memory, in bytes. */
  readonly workingSet: number;
  readonly heap: number;
}

/** What a server says of itself. */
export interface ServerReport {
  /** Which one it is, from its start to its end: behind one address there may be several. */
  readonly serverId: string;
  readonly version: string;
  readonly startedAt: string;
  /** Its clock. */
  readonly now: string;
  readonly engine: {
    readonly kind: "embedded" | "redis";
    readonly description: string;
    readonly status: "healthy" | "degraded" | "unavailable";
    readonly problem?: string;
    /** Of a small read, in milliseconds. */
    readonly latency?: number;
  };
  /** Between two samples, in seconds. */
  readonly interval: number;
  /** Oldest first. */
  readonly samples: readonly Sample[];
}
