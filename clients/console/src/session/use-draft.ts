import { useState } from "react";

/** What somebody types until it is sent. */
export interface Draft<T> {
  readonly value: T;
  /** Changes some of it. */
  readonly write: (change: Partial<T>) => void;
  /**
   * It is on its way: what comes next can be typed. If that fails, it is put back, unless something was typed meanwhile.
   * @param sent What becomes of it. Who shows its error is somebody else.
   */
  readonly send: (sent: Promise<unknown>) => void;
}

/**
 * Keeps what is typed until the server has it.
 * @param empty What it is at first, and when it was sent: always the same object.
 */
export function useDraft<T extends object>(empty: T): Draft<T> {
  const [value, setValue] = useState(empty);
  const isEmpty = (now: T) => Object.entries(empty).every(([name, each]) => now[name as keyof T] === each);
  return {
    value,
    write: change => setValue(before => ({ ...before, ...change })),
    send: sent => {
      setValue(empty);
      sent.catch(() => setValue(now => (isEmpty(now) ? value : now)));
    },
  };
}
