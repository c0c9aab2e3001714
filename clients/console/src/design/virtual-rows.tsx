import { defaultRangeExtractor, useVirtualizer, type Range, type Virtualizer } from "@tanstack/react-virtual";
import { useCallback, useRef, type KeyboardEvent, type ReactNode, type RefObject } from "react";

interface VirtualRowsProps {
  readonly count: number;
  /** Of each row, in pixels. */
  readonly height: number;
  /** Which end is in view at first. Default: the start. */
  readonly begin?: "start" | "end";
  readonly role: "tree" | "listbox";
  readonly label: string;
  /** What makes a row the same one when others come before it. */
  readonly keyOf: (index: number) => string | number;
  /** The row that the keyboard is on, and its id; -1: none. */
  readonly active: number;
  readonly activeId: string | undefined;
  readonly onKeyDown: (event: KeyboardEvent) => void;
  readonly onScroll?: () => void;
  readonly rows: RefObject<VirtualRowsHandle | null>;
  readonly className: string;
  readonly children: (index: number) => ReactNode;
}

/** What one can do with the rows. */
export interface VirtualRowsHandle {
  readonly virtualizer: Virtualizer<HTMLDivElement, Element>;
  readonly element: HTMLDivElement;
}

/**
 * Rows of one height, of which only those in view are there, and the one that the keyboard is on: a hundred thousand cost what thirty do. The keyboard stays on the whole, and says by `activeId`
 * which row it is on.
 */
export function VirtualRows({ count, height, begin = "start", role, label, keyOf, active, activeId, onKeyDown, onScroll, rows, className, children }: VirtualRowsProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const virtualizer = useVirtualizer({
    count, getScrollElement: () => scroller.current, estimateSize: () => height, overscan: 8, initialOffset: () => (begin === "end" ? count * height : 0),
    rangeExtractor: useCallback((range: Range) => {
      const inView = defaultRangeExtractor(range);
      return active < 0 || active >= range.count || inView.includes(active) ? inView : [...inView, active].sort((one, other) => one - other);
    }, [active]),
  });
  return (
    <div
      ref={element => {
        scroller.current = element;
        rows.current = element && { virtualizer, element };
      }}
      className={`virtual-rows ${className}`} role={role} aria-label={label} aria-activedescendant={activeId} tabIndex={0} onKeyDown={onKeyDown} onScroll={onScroll}
    >
      <div role="presentation" style={{ height: virtualizer.getTotalSize(), position: "relative" }}>
        {virtualizer.getVirtualItems().map(item => (
          <div key={keyOf(item.index)} role="presentation" style={{ position: "absolute", top: 0, left: 0, right: 0, height, transform: `translateY(${item.start}px)` }}>{children(item.index)}</div>
        ))}
      </div>
    </div>
  );
}
