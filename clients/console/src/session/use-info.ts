import { useCallback } from "react";
import type { LiveSession, Session } from "realtime-sessions";
import { usePaced } from "../lib/use-paced";

/** The session itself: name, properties, participants, status. */
export function useInfo(session: LiveSession): Session {
  return usePaced(useCallback(changed => session.on("change", changed), [session]), () => session.info);
}
