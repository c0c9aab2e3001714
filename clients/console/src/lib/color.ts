/** A colour for somebody, the same wherever he is shown: dark enough for white letters. */
export function colorOf(id: string): string {
  let hash = 0;
  for (const character of id) hash = (Math.imul(hash, 31) + character.codePointAt(0)!) >>> 0;
  return `oklch(0.5 0.13 ${(hash * 137) % 360})`;
}
