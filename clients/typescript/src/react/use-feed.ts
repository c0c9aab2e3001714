import { useEffect, useRef } from "react";
import type { ApplicationFeed } from "../application/application-feed.js";
import type { RealtimeClient } from "../client/realtime-client.js";
import type { SpaceFeed } from "../conversation/space-feed.js";
import type { ApplicationEvent } from "../protocol/application-event.js";
import type { SpaceRequest } from "../protocol/conversation-requests.js";
import type { RealtimeError } from "../protocol/errors.js";
import type { ApplicationRequest } from "../protocol/methods.js";
import type { SpaceEvent } from "../protocol/space-event.js";
import { useJoined } from "./use-joined.js";

/** What a feed calls; the functions of the latest rendering. */
export interface FeedHandlers<E> {
  /** Something has happened. */
  readonly onEvent?: (event: E) => void;
  /** The feed has begun, or begun anew: what is shown is to be listed (anew). */
  readonly onReset?: () => void;
}

/** How watching stands. `error` of `left` has the reason in its details. */
export type FeedState<F> =
  | { readonly status: "joining"; readonly feed: undefined; readonly error: undefined }
  | { readonly status: "joined"; readonly feed: F; readonly error: undefined }
  | { readonly status: "left"; readonly feed: F; readonly error: RealtimeError }
  | { readonly status: "failed"; readonly feed: undefined; readonly error: RealtimeError };

/**
 * Watches an application while the component is mounted. Components that watch the same one share it.
 * @param request Which application. Another id leaves the one and watches the other.
 */
export function useApplicationFeed(client: RealtimeClient, request: ApplicationRequest, handlers: FeedHandlers<ApplicationEvent> = {}): FeedState<ApplicationFeed> {
  return useFeed(client, [request.applicationId], signal => client.watchApplication(request, { signal }), handlers);
}

/**
 * Watches a space while the component is mounted. Components that watch the same one share it.
 * @param request Which space. Another id leaves the one and watches the other.
 */
export function useSpaceFeed(client: RealtimeClient, request: SpaceRequest, handlers: FeedHandlers<SpaceEvent> = {}): FeedState<SpaceFeed> {
  return useFeed(client, [request.spaceId], signal => client.watchSpace(request, { signal }), handlers);
}

/** What a feed is, for any kind of events. */
interface Feed<E> {
  on(name: "event", handler: (event: E) => void): () => void;
  on(name: "reset", handler: () => void): () => void;
  on(name: "left", handler: (reason: string) => void): () => void;
  leave(): Promise<void>;
}

function useFeed<F extends Feed<E>, E>(client: RealtimeClient, of: readonly unknown[], watch: (signal: AbortSignal) => Promise<F>, handlers: FeedHandlers<E>): FeedState<F> {
  const { live: feed, ...joined } = useJoined(client, of, watch);
  const latest = useRef(handlers);
  useEffect(() => void (latest.current = handlers));
  useEffect(() => {
    if (!feed) return;
    const unsubscribe = [feed.on("event", event => latest.current.onEvent?.(event)), feed.on("reset", () => latest.current.onReset?.())];
    latest.current.onReset?.();
    return () => unsubscribe.forEach(end => end());
  }, [feed]);
  return { ...joined, feed } as FeedState<F>;
}
