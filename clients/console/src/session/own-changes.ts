import { useState } from "react";
import type { RealtimeError } from "realtime-sessions";

/** Own changes that had no answer when the session was left. */
export interface Unanswered {
  /** Those that were never sent: they are not made. */
  readonly unsent: number;
  /** Those that were sent: they may have been made. */
  readonly uncertain: number;
}

/**
 * Counts own changes that stay without an answer.
 * @returns The counts, and what is to be told of each change that is made.
 */
export function useUnanswered(): readonly [Unanswered, (made: Promise<unknown>) => void] {
  const [unanswered, setUnanswered] = useState<Unanswered>({ unsent: 0, uncertain: 0 });
  const [watch] = useState(() => (made: Promise<unknown>) => {
    made.catch(({ code }: RealtimeError) => {
      if (code === "left") setUnanswered(before => ({ ...before, unsent: before.unsent + 1 }));
      else if (code === "uncertain") setUnanswered(before => ({ ...before, uncertain: before.uncertain + 1 }));
    });
  });
  return [unanswered, watch];
}
