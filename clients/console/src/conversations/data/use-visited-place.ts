import { useEffect } from "react";
import { useDirectory, usePlace } from "./directory";
import type { Place } from "./roles";

/**
 * A space with its groups, read anew when the component is mounted.
 * @param spaceId `undefined`: none.
 * @param since Reads it again, too, when this is another.
 */
export function useVisitedPlace(spaceId: number | undefined, since?: unknown): Place | undefined {
  const directory = useDirectory();
  useEffect(() => {
    // Where it cannot be read, what was read of it before holds.
    if (spaceId !== undefined) directory.visit(spaceId).catch(() => undefined);
  }, [directory, spaceId, since]);
  return usePlace(spaceId);
}
