import { useCallback, useSyncExternalStore } from "react";

/** How often at most something that changes fast is drawn, in milliseconds. */
const pace = 100;

/**
 * Reads something that may change hundreds of times a second: the first change is drawn with the next frame, those that follow ten times a second.
 * @param subscribe Tells of changes; must stay the same function, as in `useSyncExternalStore`.
 * @param read Gives the same value while nothing has changed.
 */
export function usePaced<T>(subscribe: (changed: () => void) => () => void, read: () => T): T {
  const paced = useCallback((changed: () => void) => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let drawnAt = -pace;
    const unsubscribe = subscribe(() => {
      timer ??= setTimeout(() => {
        timer = undefined;
        drawnAt = performance.now();
        changed();
      }, Math.max(0, drawnAt + pace - performance.now()));
    });
    return () => {
      clearTimeout(timer);
      unsubscribe();
    };
  }, [subscribe]);
  return useSyncExternalStore(paced, read);
}
