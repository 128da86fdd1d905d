import { createServer, get, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { foreignBrowser, isPrivateName } from '../config/foreign-browsers.ts';

export interface Listening {
  port: number;
  close(): Promise<void>;
}

/** `GET /healthz` of a worker process: healthy while it polls. */
export function serveHealth(port: number, polls: () => boolean): Promise<Listening> {
  return listen(port, (request, response) => {
    const known = request.url === '/healthz';
    const code = known ? (polls() ? 200 : 503) : 404;
    answer(response, code, code === 200 ? 'ok' : code === 503 ? 'not polling' : 'not found');
  });
}

/**
 * `GET /metrics` of a worker: passes on the SDK's own listener at `source` (a loopback port), which would answer web pages under every
 * name.
 */
export function serveMetrics(port: number, source: number): Promise<Listening> {
  return listen(port, (request, response) => {
    if (request.url !== '/metrics') return answer(response, 404, 'not found');
    get({ host: '127.0.0.1', port: source, path: '/metrics', timeout: 5_000 }, (metrics) => {
      response.writeHead(metrics.statusCode ?? 502, {
        'content-type': metrics.headers['content-type'] ?? 'text/plain',
      });
      metrics.once('error', () => response.destroy());
      metrics.pipe(response);
    }).once('error', () => answer(response, 503, 'not there yet'));
  });
}

/** `GET /metrics` alone, for networks that clients do not reach. */
export function serveText(port: number, type: string, metrics: () => Promise<string>): Promise<Listening> {
  return listen(port, (request, response) => {
    if (request.url !== '/metrics') return answer(response, 404, 'not found');
    metrics().then(
      (text) => response.writeHead(200, { 'content-type': type }).end(text),
      () => answer(response, 503, 'could not be collected'),
    );
  });
}

async function listen(
  port: number,
  handle: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<Listening> {
  const server = createServer((request, response) => {
    const foreign = foreignBrowser(request, isPrivateName);
    if (foreign) return answer(response, 403, foreign);
    handle(request, response);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '0.0.0.0', resolve);
  });
  return { port: (server.address() as AddressInfo).port, close: () => closed(server) };
}

function answer(response: ServerResponse, code: number, status: string): void {
  if (response.headersSent) return void response.destroy();
  response.writeHead(code, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ status }));
}

const closed = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve());
    server.closeIdleConnections();
  });
