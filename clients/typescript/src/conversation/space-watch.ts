import type { ConnectionEvents } from "../connection/connection.js";
import { freezeJson } from "../lib/json.js";
import type { Watched } from "../protocol/feed.js";
import type { ResumePosition } from "../protocol/objects.js";
import { spaceEventCallbacks, type SpaceEvent, type SpaceFeedLeft, type SpaceFeedMoved } from "../protocol/space-event.js";
import { FeedSync } from "../sync/feed-sync.js";
import type { SyncContext } from "../sync/options.js";

const eventNames: ReadonlySet<string> = new Set(Object.values(spaceEventCallbacks));

/** A watch of a space. */
export class SpaceWatch extends FeedSync<SpaceEvent> {
  readonly spaceId: number;

  constructor(spaceId: number, context: SyncContext) {
    super(context);
    this.spaceId = spaceId;
    this.start();
  }

  protected callWatch(since: ResumePosition | undefined): Promise<Watched> {
    return this.connection.invoke("WatchSpace", { spaceId: this.spaceId, ...(since && { since }) });
  }

  protected callUnwatch(): Promise<unknown> {
    return this.connection.invoke("UnwatchSpace", { spaceId: this.spaceId });
  }

  protected hear({ name, payload }: ConnectionEvents["callback"]): void {
    if (eventNames.has(name)) this.#hearEvent(name, payload as SpaceEvent);
    else if ((payload as Partial<SpaceFeedMoved>).spaceId !== this.spaceId) return;
    else if (name === "SpaceFeedReset") this.step(() => this.replica.reset((payload as SpaceFeedMoved).position));
    else if (name === "SpaceFeedPosition") this.step(() => this.replica.moved((payload as SpaceFeedMoved).position));
    else if (name === "SpaceFeedLeft") this.step(() => this.replica.putOut((payload as SpaceFeedLeft).reason));
  }

  /** `ConversationLeft` does not name the space: the epoch is that of one feed alone. What has no `feed` is of a conversation that was joined. */
  #hearEvent(name: string, payload: SpaceEvent): void {
    if (payload.feed?.epoch !== this.replica.position.epoch) return;
    const event = name === spaceEventCallbacks.conversation_left ? { ...payload, eventType: "conversation_left" as const } : payload;
    this.step(() => this.replica.event(freezeJson(event as SpaceEvent)));
  }
}
