/** What one has chosen in the place of `before`, where there is something else `now`: what one has not touched is as others have made it. */
export function merged<T>(before: T, chosen: T, now: T): T {
  return isSame(before, chosen) ? now : chosen;
}

/**
 * A list with what one has added to it, changed in it and taken from it, and with what others have.
 * @param keyOf What tells the items of a list apart.
 */
export function mergedList<T>(before: readonly T[], chosen: readonly T[], now: readonly T[], keyOf: (item: T) => unknown): readonly T[] {
  const byKey = (items: readonly T[]) => new Map(items.map(item => [keyOf(item), item]));
  const [known, wanted, there] = [byKey(before), byKey(chosen), byKey(now)];
  const kept = now.flatMap(item => {
    const [earlier, own] = [known.get(keyOf(item)), wanted.get(keyOf(item))];
    if (own === undefined) return earlier === undefined ? [item] : [];
    return [earlier === undefined ? own : merged(earlier, own, item)];
  });
  const added = chosen.filter(item => !known.has(keyOf(item)) && !there.has(keyOf(item)));
  return [...kept, ...added];
}

/** Whether two things are the same by value. */
export function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** The members of what is wanted that differ from what is there: the server leaves everything else as it is. */
export function differing<T extends object>(wanted: T, there: object): Partial<T> {
  return Object.fromEntries(Object.entries(wanted).filter(([name, value]) => !isSame(value, there[name as keyof typeof there]))) as Partial<T>;
}
