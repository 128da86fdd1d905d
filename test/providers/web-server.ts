import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Seen {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: IncomingMessage['headers'];
  body: string;
}

export interface Reply {
  request: Seen;
  response: ServerResponse;
  json(status: number, body: unknown, headers?: Record<string, string>): void;
  /** Cuts the connection without an answer. */
  reset(): void;
}

export interface WebServer {
  url: string;
  seen: Seen[];
  close(): Promise<void>;
}

/** A web server on a free port of this machine that answers as told and remembers what it was asked. */
export async function webServer(answer: (reply: Reply) => void): Promise<WebServer> {
  const seen: Seen[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const url = new URL(request.url ?? '/', 'http://here');
      const one: Seen = {
        method: request.method ?? '',
        path: url.pathname,
        query: url.searchParams,
        headers: request.headers,
        body: Buffer.concat(chunks).toString(),
      };
      seen.push(one);
      answer({
        request: one,
        response,
        json: (status, body, headers = {}) => {
          response.writeHead(status, { 'content-type': 'application/json', ...headers });
          response.end(JSON.stringify(body));
        },
        reset: () => request.socket.resetAndDestroy(),
      });
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** The URL of a port that nobody listens on. */
export async function closedPort(): Promise<string> {
  const server = await webServer(() => undefined);
  await server.close();
  return server.url;
}
