import type { ConnectionState, RealtimeClient } from "realtime-sessions";
import { Api, ApiError, type ApiCall } from "../../src/api/api";
import type { Hub } from "../../src/app/hub";

/** A server that answers with what is given for an address; nothing else is there. */
export class CannedApi extends Api {
  /** The addresses called, in order. */
  readonly calls: string[] = [];
  /** What was changed, in order. */
  readonly changes: { readonly method: string; readonly path: string; readonly body: unknown }[] = [];
  readonly #answers: Readonly<Record<string, unknown>>;

  constructor(answers: Readonly<Record<string, unknown>>) {
    super(() => Promise.resolve("token"));
    this.#answers = answers;
  }

  override page<T>(path: string, { method = "GET", body: change }: ApiCall = {}): Promise<{ readonly body: T; readonly next: string | undefined }> {
    this.calls.push(path);
    if (method !== "GET") this.changes.push({ method, path, body: JSON.parse(JSON.stringify(change ?? null)) });
    const body = this.#answers[path];
    return body instanceof Error || body === undefined ? Promise.reject(body ?? new ApiError(404, "not_found", "Nothing is here.")) : Promise.resolve({ body: body as T, next: undefined });
  }
}

/** A client that tells where its connection stands, and can do nothing else. */
export class TestConnection {
  readonly #handlers = new Set<(state: ConnectionState) => void>();

  on(_: "state", handler: (state: ConnectionState) => void): () => void {
    this.#handlers.add(handler);
    return () => this.#handlers.delete(handler);
  }

  become(state: ConnectionState): void {
    for (const handler of [...this.#handlers]) handler(state);
  }
}

/** What a call fails with while the server cannot be reached. */
export const unreachable = new ApiError(0, "connection_failed", "The server cannot be reached.");

/** A hub whose REST API answers like this. */
export function hubOf(answers: Readonly<Record<string, unknown>>, client: object = new TestConnection()): Hub & { readonly api: CannedApi } {
  const user = { name: "alice", userId: "alice", accessToken: () => Promise.resolve("token"), signOut: () => Promise.resolve() };
  return { client: client as RealtimeClient, api: new CannedApi(answers), user };
}
