import { serverUrl } from "./base";

/** What a REST call was answered with instead of what was asked for. */
export class ApiError extends Error {
  /** The status; 0 where no answer came. */
  readonly status: number;
  /** The code of the problem, such as `forbidden`; `connection_failed` where no answer came. */
  readonly code: string;

  constructor(status: number, code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.status = status;
    this.code = code;
  }
}

/** How a call is made. */
export interface ApiCall {
  readonly method?: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  readonly query?: Readonly<Record<string, string | number | undefined>>;
  readonly body?: unknown;
  readonly signal?: AbortSignal;
}

/** The server's REST API, called as the user who is signed in. */
export class Api {
  readonly #accessToken: () => Promise<string>;

  constructor(accessToken: () => Promise<string>) {
    this.#accessToken = accessToken;
  }

  /**
   * Calls an address below `/api/v1`.
   * @param path Without a leading slash, its parts encoded.
   * @returns The answer's JSON; `undefined` of an empty one.
   * @throws {ApiError} The server refused, or did not answer.
   */
  async call<T>(path: string, call: ApiCall = {}): Promise<T> {
    return (await this.page<T>(path, call)).body;
  }

  /** As `call`, with the address where the list continues, if the answer names one. */
  async page<T>(path: string, { method = "GET", query = {}, body, signal }: ApiCall = {}): Promise<{ readonly body: T; readonly next: string | undefined }> {
    const url = new URL(`api/v1/${path}`, serverUrl);
    for (const [name, value] of Object.entries(query)) {
      if (value !== undefined) url.searchParams.set(name, String(value));
    }
    const headers: Record<string, string> = { Authorization: `Bearer ${await this.#accessToken()}` };
    if (body !== undefined) headers["Content-Type"] = "application/json";
    const response = await fetch(url, { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }), ...(signal && { signal }) }).catch((cause: unknown) => {
      throw signal?.aborted ? cause : new ApiError(0, "connection_failed", "The server cannot be reached.", { cause });
    });
    const text = await response.text();
    const answer: unknown = text && /json/.test(response.headers.get("Content-Type") ?? "") ? JSON.parse(text) : undefined;
    if (!response.ok) throw readProblem(response.status, answer);
    return { body: answer as T, next: nextOf(response.headers.get("Link")) };
  }
}

/** Sessions' problems are RFC 9457 documents with a `code`, those of conversations have a form of their own. */
function readProblem(status: number, answer: unknown): ApiError {
  const problem = (answer ?? {}) as { code?: string; detail?: string; title?: string; problemType?: string; details?: unknown };
  const text = problem.detail ?? (typeof problem.details === "string" ? withoutPath(problem.details) : undefined) ?? problem.title;
  return new ApiError(status, problem.code ?? problem.problemType?.split(":").at(-1) ?? "unexpected", text ?? `The server answered with status ${status}.`);
}

/** Of the path before a text, `$.spaces[0].name: is missing.`, only its end says something to whoever filled in a form. */
function withoutPath(details: string): string {
  const [, member, text] = /^\$[^ ]*?(?:\.([a-z_]+))?: (.*)$/s.exec(details) ?? [];
  if (text === undefined) return details;
  return member ? `${member}: ${text}` : text.charAt(0).toUpperCase() + text.slice(1);
}

/** The query of the page that follows, by RFC 8288. */
function nextOf(link: string | null): string | undefined {
  const target = link?.match(/<([^>]*)>\s*;[^,]*rel="?next"?/)?.[1];
  return target === undefined ? undefined : new URL(target, serverUrl).search;
}
