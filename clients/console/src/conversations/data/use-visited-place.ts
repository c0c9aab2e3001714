import { useAsked } from "../../lib/use-asked";
import { useDirectory, usePlace } from "./directory";
import type { Place } from "./roles";

/**
 * A space with its groups, read anew when the component is mounted.
 * @param spaceId `undefined`: none.
 * @param since Reads it again, too, when this is another.
 */
export function useVisitedPlace(spaceId: number | undefined, since?: unknown): Place | undefined {
  const directory = useDirectory();
  // Where it cannot be read, what was read of it before holds.
  useAsked(async signal => (spaceId === undefined ? undefined : directory.visit(spaceId, signal)), [directory, spaceId, since]);
  return usePlace(spaceId);
}
