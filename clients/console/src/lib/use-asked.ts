import { useCallback, useEffect, useState } from "react";

/** How a question to the server stands. While it is asked again, the earlier answer stays. */
export interface Asked<T> {
  readonly answer: T | undefined;
  readonly problem: string | undefined;
  /** Asks again. */
  readonly again: () => void;
}

/**
 * Asks the server something while the component is mounted.
 * @param of What the question is about, by value: another one is asked anew.
 */
export function useAsked<T>(ask: (signal: AbortSignal) => Promise<T>, of: readonly unknown[]): Asked<T> {
  const [state, setState] = useState<{ readonly answer: T | undefined; readonly problem: string | undefined }>({ answer: undefined, problem: undefined });
  const [round, setRound] = useState(0);
  const again = useCallback(() => setRound(before => before + 1), []);

  useEffect(() => {
    const abort = new AbortController();
    ask(abort.signal).then(
      answer => abort.signal.aborted || setState({ answer, problem: undefined }),
      (error: unknown) => abort.signal.aborted || setState(before => ({ ...before, problem: error instanceof Error ? error.message : String(error) })),
    );
    return () => abort.abort();
  }, [...of, round]);

  return { ...state, again };
}
