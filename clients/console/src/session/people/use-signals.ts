import { useCallback, useEffect, useMemo } from "react";
import type { LiveSession, SessionSignal } from "realtime-sessions";
import { usePaced } from "../../lib/use-paced";

/** How many connections' signals are kept. */
const kept = 200;

/** The last signal of each connection, with the time it came at. */
export type Signals = ReadonlyMap<string, { readonly signal: SessionSignal; readonly at: number }>;

/** What the others signal; renders no more than ten times a second, however often they do. */
export function useSignals(session: LiveSession): Signals {
  const heard = useMemo(() => ({ signals: new Map() as Signals, changed: new Set<() => void>() }), [session]);
  useEffect(() => session.on("signal", signal => {
    const signals = new Map(heard.signals);
    signals.delete(signal.connectionId);
    signals.set(signal.connectionId, { signal, at: Date.now() });
    if (signals.size > kept) signals.delete(signals.keys().next().value!);
    heard.signals = signals;
    for (const changed of heard.changed) changed();
  }), [session, heard]);
  return usePaced(useCallback(changed => {
    heard.changed.add(changed);
    return () => heard.changed.delete(changed);
  }, [heard]), () => heard.signals);
}
