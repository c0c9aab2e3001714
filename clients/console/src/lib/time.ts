const units = [["d", 86_400_000], ["h", 3_600_000], ["min", 60_000], ["s", 1_000]] as const;

/** How long ago something was, in the largest unit that fits: `now`, `12 s`, `3 min`, `5 h`, `9 d`. */
export function age(then: string | number, now: number): string {
  const elapsed = now - (typeof then === "number" ? then : Date.parse(then));
  const unit = units.find(([, size]) => elapsed >= size);
  return unit ? `${Math.floor(elapsed / unit[1])} ${unit[0]}` : "now";
}

/** The same in a sentence: `just now`, `12 s ago`. */
export function ago(then: string | number, now: number): string {
  const text = age(then, now);
  return text === "now" ? "just now" : `${text} ago`;
}

/** A moment in full, in the reader's own time zone. */
export function moment(then: string | number): string {
  return new Date(then).toLocaleString(undefined, { dateStyle: "medium", timeStyle: "medium" });
}

/** The time of day of a moment, in the reader's own time zone. */
export function clock(then: string | number): string {
  return new Date(then).toLocaleTimeString(undefined, { timeStyle: "medium" });
}
