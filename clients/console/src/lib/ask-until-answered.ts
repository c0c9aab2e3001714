import type { RealtimeClient } from "realtime-sessions";

/** A question to the server. */
interface Question<T> {
  readonly ask: (signal: AbortSignal) => Promise<T>;
  readonly answered: (answer: T) => void;
  /** Hears of each failure. */
  readonly failed: (error: unknown) => void;
}

/**
 * Asks the server something. What has failed for want of a connection is asked again when there is one; what the server has answered holds.
 * @returns What ends that: nothing is told any more.
 */
export function askUntilAnswered<T>(client: Pick<RealtimeClient, "on">, { ask, answered, failed }: Question<T>): () => void {
  const abort = new AbortController();
  let isUnderWay = false;
  let hasConnectedSince = false;
  const forget = client.on("state", state => {
    if (state !== "connected") return;
    if (isUnderWay) hasConnectedSince = true;
    else attempt();
  });

  function attempt() {
    isUnderWay = true;
    hasConnectedSince = false;
    ask(abort.signal).then(
      answer => {
        if (abort.signal.aborted) return;
        forget();
        answered(answer);
      },
      (error: unknown) => {
        if (abort.signal.aborted) return;
        isUnderWay = false;
        const isLost = isConnectionFailure(error);
        // The connection came back while the call still waited for the one that was lost.
        if (isLost && hasConnectedSince) return attempt();
        if (!isLost) forget();
        failed(error);
      },
    );
  }

  attempt();
  return () => {
    forget();
    abort.abort();
  };
}

/** Whether something failed because the server could not be reached, over the hub or by REST. */
export function isConnectionFailure(error: unknown): boolean {
  return (error as { readonly code?: string } | undefined)?.code === "connection_failed";
}
