import { age, ago, moment } from "../lib/time";
import { useNow } from "../lib/use-now";

interface AgeProps {
  /** ISO 8601, or milliseconds since 1970. */
  readonly of: string | number;
  /** Whether room is scarce: without "ago". Default false. */
  readonly isShort?: boolean;
}

/** How long ago something was; the moment itself where one points at it. */
export function Age({ of, isShort = false }: AgeProps) {
  const now = useNow();
  return <time className="age" dateTime={new Date(of).toISOString()} title={moment(of)}>{isShort ? age(of, now) : ago(of, now)}</time>;
}
