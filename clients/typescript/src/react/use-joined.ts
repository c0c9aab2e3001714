import { useEffect, useState } from "react";
import type { RealtimeClient } from "../client/realtime-client.js";
import { RealtimeError } from "../protocol/errors.js";
import type { LeaveOptions } from "../sync/options.js";

/** What can be left, and tells when it was. */
interface Leaving {
  on(name: "left", handler: (reason: string) => void): () => void;
  leave(options?: LeaveOptions): Promise<void>;
}

/** How joining stands. */
export type Joined<L> =
  | { readonly status: "joining"; readonly live: undefined; readonly error: undefined }
  | { readonly status: "joined"; readonly live: L; readonly error: undefined }
  | { readonly status: "left"; readonly live: L; readonly error: RealtimeError }
  | { readonly status: "failed"; readonly live: undefined; readonly error: RealtimeError };

const joining = { status: "joining", live: undefined, error: undefined } as const;

/**
 * Joins while the component is mounted. Where that fails for want of a connection, it is tried again when there is one. Own changes that have no answer when the component is
 * unmounted are sent on: it is left when they are answered.
 * @param of What is joined, by value; another one leaves this one and joins the other.
 */
export function useJoined<L extends Leaving>(client: RealtimeClient, of: readonly unknown[], join: (signal: AbortSignal) => Promise<L>): Joined<L> {
  const what = [client, ...of];
  const [joined, setJoined] = useState<{ readonly what: readonly unknown[]; readonly state: Joined<L> }>();
  const [round, setRound] = useState(0);

  useEffect(() => {
    const abort = new AbortController();
    const joins = join(abort.signal);
    let isMounted = true;
    let forget: (() => void) | undefined;
    const show = (state: Joined<L>) => {
      if (isMounted) setJoined({ what, state });
    };
    const again = () => {
      if (isMounted) setRound(before => before + 1);
    };
    joins.then(
      live => {
        show({ status: "joined", live, error: undefined });
        forget = live.on("left", reason => show({ status: "left", live, error: new RealtimeError("left", `It was left: ${reason}.`, { reason }) }));
      },
      (reason: unknown) => {
        const error = asRealtimeError(reason);
        show({ status: "failed", live: undefined, error });
        if (error.code === "connection_failed") client.connect({ signal: abort.signal, timeout: Infinity }).then(again, () => undefined);
      },
    );
    return () => {
      isMounted = false;
      forget?.();
      // After the mounts of this moment: a component that comes in the place of this one takes it over.
      setTimeout(() => {
        abort.abort();
        joins.then(live => live.leave({ timeout: Infinity }), () => undefined);
      });
    };
  }, [...what, round]);

  return joined?.what.every((value, index) => value === what[index]) ? joined.state : joining;
}

function asRealtimeError(error: unknown): RealtimeError {
  return error instanceof RealtimeError ? error : new RealtimeError("unexpected", String(error), {}, { cause: error });
}
