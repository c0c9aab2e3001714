import type { SessionEvent } from "realtime-sessions";

/** How many events a page holds. */
const pageSize = 200;

/** How many pages are kept: the latest asked for. */
const keptPages = 100;

/** A page of the log, as the server answers it. */
export interface EventPage {
  readonly events: readonly SessionEvent[];
  /** The lowest sequence that is kept. */
  readonly firstAvailable: number;
}

/** Reads the log: up to `limit` events after a sequence. */
export type ReadEvents = (after: number, limit: number) => Promise<EventPage>;

/**
 * The events of a session by their sequences: page by page from the log where somebody looks, and as they come. However long the log is, no more is held than the pages that were looked at
 * last.
 */
export class EventPages {
  readonly #read: ReadEvents;
  readonly #pages = new Map<number, (SessionEvent | undefined)[]>();
  readonly #reading = new Map<number, Promise<void>>();
  readonly #changed = new Set<() => void>();
  #first = 1;
  #head: number;
  #version = 0;
  #problem: string | undefined;

  /** @param head The sequence of the last event. */
  constructor(read: ReadEvents, head: number) {
    this.#read = read;
    this.#head = head;
  }

  /** The lowest sequence that is kept, as far as it is known. */
  get first(): number {
    return this.#first;
  }

  /** The sequence of the last event. */
  get head(): number {
    return this.#head;
  }

  /** Grows with every change. */
  get version(): number {
    return this.#version;
  }

  /** Why what was looked at last could not be read; until somebody tries again, nothing is read by a look. */
  get problem(): string | undefined {
    return this.#problem;
  }

  /** Tells of changes. Returns what ends that. */
  on(changed: () => void): () => void {
    this.#changed.add(changed);
    return () => this.#changed.delete(changed);
  }

  /** The event at a sequence; `undefined` where it is on its way, or could not be read. */
  at(sequence: number): SessionEvent | undefined {
    const event = this.#pages.get(pageOf(sequence))?.[indexOf(sequence)];
    if (!event && this.#problem === undefined) {
      this.fetch(sequence).catch((error: unknown) => {
        this.#problem = (error as Error).message;
        this.#tell();
      });
    }
    return event;
  }

  /** Lets what could not be read be read when it is looked at. */
  tryAgain(): void {
    if (this.#problem === undefined) return;
    this.#problem = undefined;
    this.#tell();
  }

  /** The events of a sequence's page, oldest first, read where they are not there. */
  async pageAround(sequence: number): Promise<readonly SessionEvent[]> {
    await this.fetch(sequence);
    return (this.#pages.get(pageOf(sequence)) ?? []).filter(event => event !== undefined);
  }

  /** Learns how far the log goes. */
  extendTo(head: number): void {
    if (head <= this.#head) return;
    this.#head = head;
    this.#tell();
  }

  /** Takes an event that has just come. */
  hear(event: SessionEvent): void {
    this.#head = Math.max(this.#head, event.sequence);
    this.#put(event);
    this.#tell();
  }

  /** Reads the page of a sequence, where something of it is missing. */
  fetch(sequence: number): Promise<void> {
    const page = pageOf(sequence);
    const held = this.#pages.get(page);
    if (held && this.#isWhole(page, held)) return this.#keep(page, held);
    const reading = this.#reading.get(page) ?? this.#load(page).finally(() => this.#reading.delete(page));
    this.#reading.set(page, reading);
    return reading;
  }

  async #load(page: number): Promise<void> {
    const { events, firstAvailable } = await this.#read(page * pageSize, pageSize);
    this.#first = firstAvailable;
    for (const event of events) this.#put(event);
    this.#tell();
  }

  #put(event: SessionEvent): void {
    const page = pageOf(event.sequence);
    const held = this.#pages.get(page) ?? Array<SessionEvent | undefined>(pageSize).fill(undefined);
    held[indexOf(event.sequence)] = event;
    void this.#keep(page, held);
  }

  /** The pages are in the order of their last use. */
  #keep(page: number, held: (SessionEvent | undefined)[]): Promise<void> {
    this.#pages.delete(page);
    this.#pages.set(page, held);
    if (this.#pages.size > keptPages) this.#pages.delete(this.#pages.keys().next().value!);
    return Promise.resolve();
  }

  #isWhole(page: number, held: readonly (SessionEvent | undefined)[]): boolean {
    const from = Math.max(this.#first - page * pageSize - 1, 0);
    const until = Math.min(this.#head - page * pageSize, pageSize);
    return held.slice(from, until).every(event => event !== undefined);
  }

  #tell(): void {
    this.#version++;
    for (const changed of this.#changed) changed();
  }
}

function pageOf(sequence: number): number {
  return Math.floor((sequence - 1) / pageSize);
}

function indexOf(sequence: number): number {
  return (sequence - 1) % pageSize;
}
