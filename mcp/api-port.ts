/** A request to the HTTP API, with the client's own key. */
export interface ApiRequest {
  method: 'GET' | 'POST';
  /** With its query, if it has one. */
  path: string;
  headers?: Record<string, string> | undefined;
  /** Sent as JSON; undefined: no body. */
  body?: unknown;
  /** Aborts the request. */
  signal?: AbortSignal | undefined;
}

export interface ApiAnswer {
  status: number;
  /** Parsed JSON; undefined: the answer has none. */
  body: unknown;
}

/** The API's answer was lost, or never came: a request that changes something may have been done. */
export class ApiUnreachable extends Error {
  override readonly name = 'ApiUnreachable';
}

/**
 * The API as one client sees it. All tools go through it, so the same code answers a tool and an HTTP request.
 * @throws ApiUnreachable
 */
export type CallApi = (request: ApiRequest) => Promise<ApiAnswer>;

/** A path and its query; undefined values are left out. */
export function pathWith(path: string, query: Record<string, string | number | boolean | undefined>): string {
  const given = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value !== undefined) given.set(name, String(value));
  const search = given.toString();
  return search === '' ? path : `${path}?${search}`;
}
