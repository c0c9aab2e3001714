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

/** Half of the dash that stands for a value alone. */
const alone = 0.5;

/** A line as an SVG path. It is broken where there is no value; a value alone is a dash. */
export function pathOf(times: readonly number[], values: readonly (number | undefined)[], { from, until, top, gap }: Plot): string {
  const pieces: (readonly [x: number, y: number])[][] = [];
  times.forEach((time, index) => {
    const value = values[index];
    if (value === undefined) return;
    const isJoined = index > 0 && values[index - 1] !== undefined && time - times[index - 1]! <= gap;
    if (!isJoined) pieces.push([]);
    pieces.at(-1)!.push([round(((time - from) / (until - from)) * 100), round(100 - (value / top) * 100)]);
  });
  return pieces.map(([[x, y] = [0, 0], ...rest]) => (rest.length > 0 ? `M${x} ${y}L${rest.flat().join(" ")}` : `M${x - alone} ${y}h${2 * alone}`)).join("");
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
