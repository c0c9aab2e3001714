/** The bounds of a replica. */
export interface ReplicaOptions {
  /** Changes that may wait for their place in the order; beyond: `queue_full`. Default 10,000. */
  readonly maximumPending: number;
  /** What they may weigh together as compact JSON, in bytes; beyond: `queue_full`. Default 16 MiB. */
  readonly maximumPendingBytes: number;
  /** The largest message that the server takes, in bytes, of which 1 KiB is kept for what stands around a change's content; beyond: `payload_too_large`. Default 256 KiB. */
  readonly maximumMessageBytes: number;
  /** How deep objects and arrays may nest in a change; beyond: `invalid_argument`. Default 32. */
  readonly maximumDepth: number;
  /** Changes that are sent without waiting for their answers. Default 32. */
  readonly maximumInFlight: number;
  /** Own patches that can be undone; 0: none. Default 100. */
  readonly maximumUndoSteps: number;
}

/** What holds where nothing else is said. */
export const defaultReplicaOptions: ReplicaOptions = Object.freeze({
  maximumPending: 10_000,
  maximumPendingBytes: 16 * 1024 * 1024,
  maximumMessageBytes: 256 * 1024,
  maximumDepth: 32,
  maximumInFlight: 32,
  maximumUndoSteps: 100,
});
