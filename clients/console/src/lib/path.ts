/** Where a line is drawn: both axes go from 0 to 100, down and to the right. */
export interface Plot {
  /** When it begins and ends, in milliseconds since 1970. */
  readonly from: number;
  readonly until: number;
  /** The value at its upper edge. */
  readonly top: number;
  /** Moments further apart than this are not joined, in milliseconds. */
  readonly gap: number;
}

/** A line as an SVG path. It is broken where there is no value; a value alone is a dot. */
export function pathOf(times: readonly number[], values: readonly (number | undefined)[], { from, until, top, gap }: Plot): string {
  const pieces: string[] = [];
  let last: number | undefined;
  times.forEach((time, index) => {
    const value = values[index];
    if (value === undefined) return;
    const point = `${round(((time - from) / (until - from)) * 100)} ${round(100 - (value / top) * 100)}`;
    const isJoined = last !== undefined && values[index - 1] !== undefined && time - last <= gap;
    // A line of no length has round ends still.
    pieces.push(isJoined ? `L${point}` : `M${point}h0`);
    last = time;
  });
  return pieces.join("");
}

/** The index of the moment that is nearest; -1: there is none. */
export function nearestIndex(times: readonly number[], time: number): number {
  let nearest = -1;
  times.forEach((each, index) => {
    if (nearest < 0 || Math.abs(each - time) < Math.abs(times[nearest]! - time)) nearest = index;
  });
  return nearest;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
