import type { SpaceEvent, SpaceFeed } from "realtime-sessions";
import { useEffect, useEffectEvent } from "react";
import { useHub } from "../../app/hub";
import { askUntilAnswered, isConnectionFailure } from "../../lib/ask-until-answered";

interface SpaceFeedHandlers {
  readonly event: (event: SpaceEvent) => void;
  /** From here on everything is told: what was read before may lack something. */
  readonly begun: () => void;
  /** Something was missed, or one's rights have changed: what was read is to be read anew. */
  readonly reset: () => void;
}

/** As many spaces are watched; a connection may watch 100, and there are others on this page. */
const maximum = 30;

/** Watches spaces while the component is mounted. Those that cannot be watched for want of a connection are when there is one. */
export function useSpaceFeeds(spaceIds: readonly number[], handlers: SpaceFeedHandlers): void {
  const { client } = useHub();
  const hear = useEffectEvent((event: SpaceEvent) => handlers.event(event));
  const begun = useEffectEvent(() => handlers.begun());
  const reset = useEffectEvent(() => handlers.reset());
  const watched = spaceIds.slice(0, maximum).join();

  useEffect(() => {
    const ends: (() => void)[] = [];
    const missing = new Set(watched === "" ? [] : watched.split(",").map(Number));

    function follow(feed: SpaceFeed) {
      missing.delete(feed.spaceId);
      ends.push(feed.on("event", event => hear(event)), feed.on("reset", () => reset()), feed.on("left", () => reset()), () => void feed.leave());
    }

    async function watch(signal: AbortSignal) {
      const watches = [...missing].map(async spaceId => {
        const feed = await client.watchSpace({ spaceId }, { signal });
        if (signal.aborted) void feed.leave();
        else follow(feed);
      });
      const failures = (await Promise.allSettled(watches)).flatMap(watch => (watch.status === "rejected" ? [watch.reason as unknown] : []));
      if (watches.length > 0 && !signal.aborted) begun();
      // What one may not watch is seen as it was read.
      const lost = failures.find(isConnectionFailure);
      if (lost) throw lost;
    }

    const giveUp = askUntilAnswered(client, { ask: watch, answered: () => undefined, failed: () => undefined });
    return () => {
      giveUp();
      for (const end of ends) end();
    };
  }, [client, watched]);
}
