import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request as the API would see it. */
export interface Seen {
  method: string;
  url: string;
  headers: IncomingMessage['headers'];
  body: string;
}

export type Answer = (response: ServerResponse, seen: Seen) => void;

/** A server that plays an API in trouble: it answers with the next of the given answers, and with the last one from then on. */
export interface PlayedApi {
  url: string;
  readonly seen: Seen[];
  answer(...answers: Answer[]): void;
  close(): Promise<void>;
}

export async function playApi(): Promise<PlayedApi> {
  const seen: Seen[] = [];
  let answers: Answer[] = [];
  const server = createServer(async (request, response) => {
    const body = (await request.toArray()).join('');
    const one = { method: request.method ?? '', url: request.url ?? '', headers: request.headers, body };
    seen.push(one);
    const answer = answers.length > 1 ? answers.shift() : answers[0];
    answer?.(response, one);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    answer(...given) {
      answers = given;
      seen.length = 0;
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

export const json =
  (status: number, body: unknown, headers: Record<string, string> = {}): Answer =>
  (response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
  };

export const problem = (status: number, title: string, more: object = {}, headers: Record<string, string> = {}) =>
  json(
    status,
    { type: `urn:vocero:problem:${title.toLowerCase().replaceAll(' ', '-')}`, title, status, ...more },
    { 'content-type': 'application/problem+json', ...headers },
  );

/** The connection ends without an answer. */
export const hangUp: Answer = (response) => {
  response.destroy();
};

/** The beginning of a stream; `end`: how it ends. */
export const stream =
  (text: string, end: 'complete' | 'broken' | 'open' = 'complete'): Answer =>
  (response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' });
    response.write(text, () => {
      if (end === 'broken') response.destroy();
      if (end === 'complete') response.end();
    });
  };

export const event = (id: number, data: { type: string; [field: string]: unknown }): string =>
  `id: ${id}\nevent: ${data.type}\ndata: ${JSON.stringify({ at: '2026-12-01T12:00:00.000Z', ...data })}\n\n`;
