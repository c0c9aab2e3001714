/** An axis from 0 up. */
export interface Scale {
  /** Where it ends: at or above everything shown. */
  readonly top: number;
  /** Round numbers on it, from 0 to `top`. */
  readonly ticks: readonly number[];
}

/** What its round numbers are. */
export interface Roundness {
  /** What they are made of: 1024 for bytes. Default 10. */
  readonly base?: 10 | 1024;
  /** How far apart they are at least: 1 where nothing can be broken. Default 0. */
  readonly least?: number;
}

/**
 * An axis for values that are not negative, with three to five round ticks.
 * @param highest The highest value. 0 or less: there is none.
 */
export function scaleTo(highest: number, { base = 10, least = 0 }: Roundness = {}): Scale {
  const wanted = (highest > 0 ? highest : 1) / 4;
  const size = base ** Math.floor(Math.log(wanted) / Math.log(base));
  const factors = base === 10 ? [1, 2, 2.5, 5, 10] : [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024];
  // Rounding must not cost a step: 0.3 / 0.1 is a little less than 3.
  const step = Math.max(least, size * factors.find(factor => factor * size >= wanted * (1 - 1e-9))!);
  const count = Math.max(2, Math.ceil((highest / step) * (1 - 1e-9)));
  const ticks = Array.from({ length: count + 1 }, (_, index) => Number((index * step).toPrecision(12)));
  return { top: ticks[count]!, ticks };
}
