import type { IncomingMessage, ServerResponse } from 'node:http';

/** One request to the sandbox, read to its end. */
export interface Ask {
  request: IncomingMessage;
  response: ServerResponse;
  method: string;
  path: string;
  query: URLSearchParams;
  /** The path's `{placeholders}`. */
  params: Record<string, string>;
  body: Buffer;
}

/** An answer; `undefined` when the handler has dealt with the socket itself. */
export interface Answer {
  status: number;
  body?: unknown;
  /** Raw bytes instead of JSON. */
  bytes?: Uint8Array;
  headers?: Record<string, string>;
}

export type Handler = (ask: Ask) => Promise<Answer | undefined> | Answer | undefined;

interface Route {
  method: string;
  pattern: RegExp;
  handler: Handler;
}

export class Router {
  private readonly routes: Route[] = [];

  /** `path` may contain `{names}`, each for a segment or a part of it. */
  on(method: string, path: string, handler: Handler): void {
    const source = path.replace(/[.+*?^$()|[\]\\]/g, '\\$&').replace(/\{(\w+)\}/g, '(?<$1>[^/]+?)');
    this.routes.push({ method, pattern: new RegExp(`^${source}$`), handler });
  }

  /** The handler for a request; `'method'` when only the method is wrong. */
  find(method: string, path: string): { handler: Handler; params: Record<string, string> } | 'method' | undefined {
    let wrongMethod = false;
    for (const route of this.routes) {
      const match = route.pattern.exec(path);
      if (!match) continue;
      if (route.method === method) return { handler: route.handler, params: decoded(match.groups ?? {}) };
      wrongMethod = true;
    }
    return wrongMethod ? 'method' : undefined;
  }
}

const decoded = (groups: Record<string, string>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(groups).map(([name, value]) => {
      try {
        return [name, decodeURIComponent(value)];
      } catch {
        return [name, value];
      }
    }),
  );

/** The body, or undefined when it is longer than `limit` bytes (the rest is discarded). */
export async function readBody(request: IncomingMessage, limit: number): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= limit) chunks.push(chunk);
  }
  return size > limit ? undefined : Buffer.concat(chunks);
}

/** undefined: not a JSON object. */
export function jsonBody(ask: Ask): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(ask.body.toString('utf8'));
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}

export const json = (status: number, body: unknown, headers: Record<string, string> = {}): Answer => ({
  status,
  body,
  headers,
});

export const media = (contentType: string, bytes: Uint8Array): Answer => ({
  status: 200,
  bytes,
  headers: { 'content-type': contentType },
});

/** Cuts the connection without an answer. */
export function drop(ask: Ask): undefined {
  ask.request.socket.destroy();
  return undefined;
}

/** Aborts when the client disconnects before the answer. */
export function abandoned(ask: Ask): AbortSignal {
  const gone = new AbortController();
  ask.response.once('close', () => gone.abort());
  if (ask.response.destroyed || ask.request.socket.destroyed) gone.abort();
  return gone.signal;
}

/** Leaves the client without an answer until it gives up (or `ms` have passed). */
export function hang(ask: Ask, signal: AbortSignal, ms = 150_000): Promise<undefined> {
  return new Promise((resolve) => {
    const finish = (): void => {
      clearTimeout(timer);
      ask.request.socket.destroy();
      resolve(undefined);
    };
    const timer = setTimeout(finish, ms);
    ask.response.once('close', finish);
    signal.addEventListener('abort', finish, { once: true });
  });
}

export function reply(response: ServerResponse, answer: Answer): void {
  const { status, body, bytes, headers = {} } = answer;
  const content = bytes ?? (body === undefined ? undefined : Buffer.from(JSON.stringify(body)));
  response.writeHead(status, {
    ...(body !== undefined && { 'content-type': 'application/json' }),
    ...(content && { 'content-length': String(content.length) }),
    ...headers,
  });
  response.end(content);
}
