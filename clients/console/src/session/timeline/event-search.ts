import type { SessionEvent } from "realtime-sessions";
import { matches, type EventFilter } from "./event-filter";
import type { EventPages } from "./event-pages";

/** How many are found before it waits for being asked for more. */
const portion = 200;

/** Looks for events through the whole log, from the latest back, as far as is asked for; what comes meanwhile is looked at, too. */
export class EventSearch {
  readonly #pages: EventPages;
  readonly #filter: EventFilter;
  readonly #changed: () => void;
  #found: readonly SessionEvent[] = [];
  #heardUpTo: number;
  #next: number;
  #wanted = portion;
  #problem: string | undefined;
  #isRunning = false;
  #isEnded = false;

  /** @param changed Told of every change. */
  constructor(pages: EventPages, filter: EventFilter, changed: () => void) {
    this.#pages = pages;
    this.#filter = filter;
    this.#changed = changed;
    this.#heardUpTo = this.#next = pages.head;
    void this.#run();
  }

  /** What was found, oldest first; another array with every change. */
  get found(): readonly SessionEvent[] {
    return this.#found;
  }

  /** How many events are still to be looked at. */
  get left(): number {
    return Math.max(0, this.#next - this.#pages.first + 1);
  }

  /** Whether it is looking just now. */
  get isRunning(): boolean {
    return this.#isRunning;
  }

  /** Why it could not go on. */
  get problem(): string | undefined {
    return this.#problem;
  }

  /** Looks for more. */
  more(): void {
    this.#wanted = this.#found.length + portion;
    void this.#run();
  }

  /** Takes an event that has just come. */
  hear(event: SessionEvent): void {
    if (event.sequence <= this.#heardUpTo || this.#isEnded) return;
    this.#heardUpTo = event.sequence;
    if (!matches(event, this.#filter)) return;
    this.#found = [...this.#found, event];
    this.#wanted++;
    this.#changed();
  }

  /** Stops for good. */
  end(): void {
    this.#isEnded = true;
  }

  async #run(): Promise<void> {
    if (this.#isRunning) return;
    this.#isRunning = true;
    this.#problem = undefined;
    try {
      while (!this.#isEnded && this.left > 0 && this.#found.length < this.#wanted) {
        const events = (await this.#pages.pageAround(this.#next)).filter(event => event.sequence <= this.#next);
        const oldest = events[0]?.sequence ?? this.#pages.first;
        const found = events.filter(event => matches(event, this.#filter));
        if (found.length > 0) this.#found = [...found, ...this.#found];
        this.#next = oldest - 1;
        if (!this.#isEnded) this.#changed();
      }
    } catch (error) {
      this.#problem = (error as Error).message;
    }
    this.#isRunning = false;
    if (!this.#isEnded) this.#changed();
  }
}
