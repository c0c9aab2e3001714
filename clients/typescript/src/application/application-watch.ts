import type { ConnectionEvents } from "../connection/connection.js";
import { freezeJson } from "../lib/json.js";
import { applicationEventCallbacks, type ApplicationEvent, type FeedLeft, type FeedMoved } from "../protocol/application-event.js";
import type { Watched } from "../protocol/feed.js";
import type { Invoke } from "../protocol/methods.js";
import type { ResumePosition } from "../protocol/objects.js";
import { FeedSync } from "../sync/feed-sync.js";
import type { SyncContext } from "../sync/options.js";

const eventNames: ReadonlySet<string> = new Set(Object.values(applicationEventCallbacks));

/** Properties that sessions are to have. */
export type Properties = Readonly<Record<string, string>>;

/**
 * A watch of an application, shared by all who want something of it: a connection has one. It is for sessions with the properties that all of them have in common, so each still
 * looks for its own. When one comes who wants less, it begins anew, with a reset for all; when one goes it stays as it is.
 */
export class ApplicationWatch extends FeedSync<ApplicationEvent> {
  readonly applicationId: string;
  #properties: Properties;

  constructor(applicationId: string, properties: Properties, context: SyncContext) {
    super(context);
    this.applicationId = applicationId;
    this.#properties = properties;
    this.start();
  }

  /** Calls the hub about the application. */
  readonly invoke: Invoke = (method, request) => this.connection.invoke(method, request);

  /** Somebody wants sessions with these properties, too. */
  admit(properties: Properties): void {
    const common = Object.entries(this.#properties).filter(([name, value]) => properties[name] === value);
    if (common.length === Object.keys(this.#properties).length) return;
    this.#properties = Object.fromEntries(common);
    this.renew();
  }

  protected callWatch(since: ResumePosition | undefined): Promise<Watched> {
    return this.connection.invoke("WatchApplication", { applicationId: this.applicationId, ...(since && { since }), properties: this.#properties });
  }

  protected callUnwatch(): Promise<unknown> {
    return this.connection.invoke("UnwatchApplication", { applicationId: this.applicationId });
  }

  protected hear({ name, payload }: ConnectionEvents["callback"]): void {
    const { applicationId, feed } = payload as Partial<ApplicationEvent>;
    if (applicationId !== this.applicationId) return;
    if (eventNames.has(name)) {
      // What is of a session that was joined is told besides.
      if (feed) this.step(() => this.replica.event(freezeJson(payload as ApplicationEvent)));
    } else if (name === "FeedReset") this.step(() => this.replica.reset((payload as FeedMoved).position));
    else if (name === "FeedPosition") this.step(() => this.replica.moved((payload as FeedMoved).position));
    else if (name === "FeedLeft") this.step(() => this.replica.putOut((payload as FeedLeft).reason));
  }
}
