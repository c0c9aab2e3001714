import { useEffect, useState } from "react";
import type { Page } from "./conversations-api";

/** A list as far as it was read. */
export interface Pages<T> {
  readonly items: readonly T[];
  readonly isRead: boolean;
  readonly hasMore: boolean;
  readonly problem: string | undefined;
  readonly readOn: () => void;
}

/**
 * Reads a list page by page.
 * @param of What the list is about, by value.
 */
export function usePages<T>(read: (next: string | undefined, signal: AbortSignal) => Promise<Page<T>>, of: readonly unknown[]): Pages<T> {
  const [page, setPage] = useState<Page<T>>();
  const [from, setFrom] = useState<string>();
  const [problem, setProblem] = useState<string>();

  useEffect(() => {
    const abort = new AbortController();
    read(from, abort.signal).then(
      next => abort.signal.aborted || setPage(before => ({ items: [...(from === undefined ? [] : before!.items), ...next.items], next: next.next })),
      (error: unknown) => abort.signal.aborted || setProblem((error as Error).message),
    );
    return () => abort.abort();
  }, [...of, from]);

  return { items: page?.items ?? [], isRead: page !== undefined, hasMore: page?.next !== undefined, problem, readOn: () => setFrom(page?.next) };
}
