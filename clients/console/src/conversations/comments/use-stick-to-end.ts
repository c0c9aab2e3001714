import { useCallback, useEffect, useLayoutEffect, useRef, useState, type RefObject } from "react";

/** A list that grows at both ends. */
export interface StickToEnd {
  readonly list: RefObject<HTMLDivElement | null>;
  readonly isAtEnd: boolean;
  readonly toEnd: () => void;
}

/** So near to the end, in pixels, one is at it. */
const nearly = 24;

/**
 * Keeps a list at its end while one is there, and what one reads in its place where something comes in front.
 * @param first What stands first: another one means that something has come in front.
 * @param count How many there are.
 */
export function useStickToEnd(first: string | undefined, count: number): StickToEnd {
  const list = useRef<HTMLDivElement>(null);
  const before = useRef({ first, height: 0 });
  const sticks = useRef(true);
  const [isAtEnd, setIsAtEnd] = useState(true);

  const toEnd = useCallback(() => showEnd(list.current!), []);

  useLayoutEffect(() => {
    const element = list.current!;
    if (sticks.current) toEnd();
    else if (before.current.first !== first) element.scrollTop += element.scrollHeight - before.current.height;
    before.current = { first, height: element.scrollHeight };
  }, [first, count, toEnd]);

  useEffect(() => {
    const element = list.current!;
    const look = () => {
      sticks.current = element.scrollHeight - element.scrollTop - element.clientHeight < nearly;
      setIsAtEnd(sticks.current);
    };
    const resized = new ResizeObserver(() => sticks.current && showEnd(element));
    resized.observe(element);
    element.addEventListener("scroll", look, { passive: true });
    return () => {
      resized.disconnect();
      element.removeEventListener("scroll", look);
    };
  }, []);

  return { list, isAtEnd, toEnd };
}

function showEnd(element: HTMLElement): void {
  element.scrollTop = element.scrollHeight;
}
