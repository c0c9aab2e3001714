/** Something that will be told once: a promise with its ends outside. */
export interface Deferred<T> {
  readonly promise: Promise<T>;
  resolve(value: T): void;
  reject(error: unknown): void;
}

/** A promise that nobody has to watch: where it fails unheard, that is no unhandled rejection. */
export function deferred<T>(): Deferred<T> {
  let resolve!: (value: T) => void;
  let reject!: (error: unknown) => void;
  const promise = quiet(new Promise<T>((onResolved, onRejected) => {
    resolve = onResolved;
    reject = onRejected;
  }));
  return { promise, resolve, reject };
}

/** A timer that is to last longer ends at once. About 24 days, in milliseconds. */
const longestTimer = 2 ** 31 - 1;

/** The same promise; where it fails unheard, that is no unhandled rejection. */
export function quiet<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => undefined);
  return promise;
}

/**
 * Waits for a promise, but no longer than until a time has run out or a signal aborts. The promise itself goes on.
 * @param milliseconds How long at most; `undefined`, or more than a timer can hold, such as `Infinity`: forever.
 * @param late Makes the error where the time has run out.
 */
export function waitFor<T>(promise: Promise<T>, signal: AbortSignal | undefined, milliseconds?: number, late?: () => unknown): Promise<T> {
  if (signal?.aborted) return Promise.reject(signal.reason as Error);
  return new Promise<T>((resolve, reject) => {
    const timer = milliseconds === undefined || milliseconds > longestTimer ? undefined : setTimeout(() => end(() => reject(late?.())), milliseconds);
    const onAbort = () => end(() => reject(signal!.reason));
    const end = (settle: () => void) => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", onAbort);
      settle();
    };
    signal?.addEventListener("abort", onAbort);
    promise.then(value => end(() => resolve(value)), (error: unknown) => end(() => reject(error)));
  });
}
