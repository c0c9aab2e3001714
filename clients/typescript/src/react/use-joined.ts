import { useEffect, useState } from "react";
import { RealtimeError } from "../protocol/errors.js";

/** What can be left, and tells when it was. */
interface Leaving {
  on(name: "left", handler: (reason: string) => void): () => void;
  leave(): Promise<void>;
}

/** How joining stands. */
export type Joined<L> =
  | { readonly status: "joining"; readonly live: undefined; readonly error: undefined }
  | { readonly status: "joined"; readonly live: L; readonly error: undefined }
  | { readonly status: "left"; readonly live: L; readonly error: RealtimeError }
  | { readonly status: "failed"; readonly live: undefined; readonly error: RealtimeError };

const joining = { status: "joining", live: undefined, error: undefined } as const;

/**
 * Joins while the component is mounted.
 * @param of What is joined, by value; another one leaves this one and joins the other.
 */
export function useJoined<L extends Leaving>(of: readonly unknown[], join: (signal: AbortSignal) => Promise<L>): Joined<L> {
  const [joined, setJoined] = useState<{ readonly of: readonly unknown[]; readonly state: Joined<L> }>();

  useEffect(() => {
    const abort = new AbortController();
    const joins = join(abort.signal);
    let isMounted = true;
    let forget: (() => void) | undefined;
    const show = (state: Joined<L>) => {
      if (isMounted) setJoined({ of, state });
    };
    joins.then(
      live => {
        show({ status: "joined", live, error: undefined });
        forget = live.on("left", reason => show({ status: "left", live, error: new RealtimeError("left", `It was left: ${reason}.`, { reason }) }));
      },
      (error: unknown) => show({ status: "failed", live: undefined, error: asRealtimeError(error) }),
    );
    return () => {
      isMounted = false;
      forget?.();
      // After the mounts of this moment: a component that comes in the place of this one takes it over.
      setTimeout(() => {
        abort.abort();
        joins.then(live => live.leave(), () => undefined);
      });
    };
  }, of);

  return joined && joined.of.every((value, index) => value === of[index]) ? joined.state : joining;
}

function asRealtimeError(error: unknown): RealtimeError {
  return error instanceof RealtimeError ? error : new RealtimeError("unexpected", String(error), {}, { cause: error });
}
