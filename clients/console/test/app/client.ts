import type { ConnectionState, RealtimeClient, RealtimeError } from "realtime-sessions";
import type { Hub } from "../../src/app/hub";
import { hubOf } from "../support/hub";

/** A client whose connection is what the test says. */
export class TestClient {
  state: ConnectionState = "connecting";
  pendingChanges = 0;
  wakes = 0;
  readonly connects: { readonly timeout?: number }[] = [];
  readonly #handlers = new Map<string, Set<(value: never) => void>>();

  on(name: string, handler: (value: never) => void): () => void {
    const handlers = this.#handlers.get(name) ?? new Set();
    this.#handlers.set(name, handlers.add(handler));
    return () => handlers.delete(handler);
  }

  connect(options: { readonly timeout?: number }): Promise<void> {
    this.connects.push(options);
    return new Promise(() => undefined);
  }

  wake(): void {
    this.wakes++;
  }

  close(): Promise<void> {
    this.to("closed");
    return Promise.resolve();
  }

  to(state: ConnectionState): void {
    this.state = state;
    this.#tell("state", state);
  }

  fail(cause: Error): void {
    this.#tell("error", { cause } as RealtimeError);
  }

  get hub(): Hub {
    return { ...hubOf({}), client: this as unknown as RealtimeClient };
  }

  #tell(name: string, value: unknown): void {
    for (const handler of this.#handlers.get(name) ?? []) handler(value as never);
  }
}
