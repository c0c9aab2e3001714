import { useEffect, useState } from "react";
import { useHub } from "../../app/hub";
import { askUntilAnswered } from "../../lib/ask-until-answered";
import type { Page } from "./conversations-api";

/** A list as far as it was read. */
export interface Pages<T> {
  readonly items: readonly T[];
  readonly isRead: boolean;
  readonly hasMore: boolean;
  readonly problem: string | undefined;
  /** Reads the next page, or again the one that could not be read. */
  readonly readOn: () => void;
}

/**
 * Reads a list page by page. What fails for want of a connection is read when there is one.
 * @param of What the list is about, by value.
 */
export function usePages<T>(read: (next: string | undefined, signal: AbortSignal) => Promise<Page<T>>, of: readonly unknown[]): Pages<T> {
  const { client } = useHub();
  const [page, setPage] = useState<Page<T>>();
  // Another object each time: also the same page can be asked for again.
  const [asked, setAsked] = useState<{ readonly from: string | undefined }>({ from: undefined });
  const [problem, setProblem] = useState<string>();

  useEffect(() => askUntilAnswered(client, {
    ask: signal => read(asked.from, signal),
    answered: next => {
      setPage(before => ({ items: [...(asked.from === undefined ? [] : before!.items), ...next.items], next: next.next }));
      setProblem(undefined);
    },
    failed: error => setProblem((error as Error).message),
  }), [client, ...of, asked]);

  function readOn() {
    setProblem(undefined);
    setAsked({ from: page?.next });
  }

  return { items: page?.items ?? [], isRead: page !== undefined, hasMore: page?.next !== undefined, problem, readOn };
}
