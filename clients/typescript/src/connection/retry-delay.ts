const jitterOfFirst = 100;
const base = 250;
const longest = 10_000;

/**
 * How long to wait before trying to connect again, in milliseconds: at first next to nothing, then up to 0.25 s, doubling up to 10 s, all of it drawn by lot, so that the
 * clients of a server that comes back do not come at once.
 * @param failures Attempts that have failed since the connection was lost.
 * @param random From 0 to 1.
 */
export function retryDelay(failures: number, random: number): number {
  return random * (failures === 0 ? jitterOfFirst : Math.min(longest, base * 2 ** (failures - 1)));
}
