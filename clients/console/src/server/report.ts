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
  /** Joins of sessions and conversations. */
  readonly members: number;
  /** Watches of applications and spaces. */
  readonly watchers: number;
  /** Sessions that are in use here. */
  readonly sessions: number;
  readonly conversations: number;
  /** Members that are behind. */
  readonly lagging: number;
  readonly callsPerSecond: number;
  readonly eventsPerSecond: number;
  readonly deliveriesPerSecond: number;
  readonly refusalsPerSecond: number;
  /** From an event's append to its write to a connection. Absent: nothing was delivered. */
  readonly deliveryLag?: Durations;
  /** How long appends took. Absent: there was none. */
  readonly append?: Durations;
  /** Of a small read, in milliseconds. */
  readonly engineLatency?: number;
  /** As a fraction of one core. */
  readonly cpu: number;
  /** Memory, in bytes. */
  readonly workingSet: number;
  readonly heap: number;
}

/** What a server says of itself. */
export interface ServerReport {
  /** Which one it is: behind one address there may be several. */
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
