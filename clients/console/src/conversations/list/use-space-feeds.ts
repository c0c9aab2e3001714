import type { SpaceEvent, SpaceFeed } from "realtime-sessions";
import { useEffect, useEffectEvent } from "react";
import { useHub } from "../../app/hub";

interface SpaceFeedHandlers {
  readonly event: (event: SpaceEvent) => void;
  /** From here on everything is told: what was read before may lack something. */
  readonly begun: () => void;
  /** Something was missed, or one's rights have changed: what was read is to be read anew. */
  readonly reset: () => void;
}

/** As many spaces are watched; a connection may watch 100, and there are others on this page. */
const maximum = 30;

/** Watches spaces while the component is mounted. */
export function useSpaceFeeds(spaceIds: readonly number[], handlers: SpaceFeedHandlers): void {
  const { client } = useHub();
  const hear = useEffectEvent((event: SpaceEvent) => handlers.event(event));
  const begun = useEffectEvent(() => handlers.begun());
  const reset = useEffectEvent(() => handlers.reset());
  const watched = spaceIds.slice(0, maximum).join();

  useEffect(() => {
    const abort = new AbortController();
    const follow = (feed: SpaceFeed) => {
      if (abort.signal.aborted) return void feed.leave();
      const ends = [feed.on("event", event => hear(event)), feed.on("reset", () => reset()), feed.on("left", () => reset())];
      abort.signal.addEventListener("abort", () => {
        for (const end of ends) end();
        void feed.leave();
      });
    };
    const feeds = watched === "" ? [] : watched.split(",").map(spaceId => client.watchSpace({ spaceId: Number(spaceId) }, { signal: abort.signal }).then(follow));
    // What cannot be watched is seen as it was read.
    void Promise.allSettled(feeds).then(all => all.length > 0 && !abort.signal.aborted && begun());
    return () => abort.abort();
  }, [client, watched]);
}
