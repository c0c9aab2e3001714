import type { RealtimeClient } from "realtime-sessions";
import { Api, ApiError, type ApiCall } from "../../src/api/api";
import type { Hub } from "../../src/app/hub";

/** A server that answers with what is given for an address; nothing else is there. */
export class CannedApi extends Api {
  /** The addresses called, in order. */
  readonly calls: string[] = [];
  readonly #answers: Readonly<Record<string, unknown>>;

  constructor(answers: Readonly<Record<string, unknown>>) {
    super(() => Promise.resolve("token"));
    this.#answers = answers;
  }

  override page<T>(path: string, _: ApiCall = {}): Promise<{ readonly body: T; readonly next: string | undefined }> {
    this.calls.push(path);
    const body = this.#answers[path];
    return body instanceof Error || body === undefined ? Promise.reject(body ?? new ApiError(404, "not_found", "Nothing is here.")) : Promise.resolve({ body: body as T, next: undefined });
  }
}

/** A hub whose REST API answers like this, and that has no connection. */
export function hubOf(answers: Readonly<Record<string, unknown>>): Hub & { readonly api: CannedApi } {
  const user = { name: "alice", userId: "alice", accessToken: () => Promise.resolve("token"), signOut: () => Promise.resolve() };
  return { client: {} as RealtimeClient, api: new CannedApi(answers), user };
}
