import { Agent, request as ask, type IncomingMessage, type OutgoingHttpHeaders, type ServerResponse } from 'node:http';
import { pipeline } from 'node:stream';

/** Header fields of one connection, not of the message (RFC 9110, 7.6.1). */
const OF_THE_CONNECTION = new Set([
  ...['connection', 'keep-alive', 'proxy-authenticate', 'proxy-authorization', 'proxy-connection', 'te', 'trailer'],
  ...['transfer-encoding', 'upgrade', 'host'],
]);

const agent = new Agent({ keepAlive: true, maxSockets: 64 });

export interface Way {
  /** Base URL. */
  to: string;
  /** Begins with a slash. */
  path: string;
  /** Replace those of the request; undefined removes one. */
  headers: Record<string, string | undefined>;
  /** Replace those of the answer. */
  answered?: Record<string, string>;
}

/** The header fields to forward. */
export function passedOn(headers: IncomingMessage['headers'], changes: Way['headers']): OutgoingHttpHeaders {
  const kept = Object.entries(headers).filter(([name, value]) => value !== undefined && !OF_THE_CONNECTION.has(name));
  const changed = { ...Object.fromEntries(kept), ...changes };
  return Object.fromEntries(Object.entries(changed).filter(([, value]) => value !== undefined));
}

/** Forwards a request, and its answer back, unchanged; `502` when the backend does not answer. */
export function forward(request: IncomingMessage, response: ServerResponse, way: Way): void {
  const { hostname, port } = new URL(way.to);
  const onward = ask(
    {
      host: hostname,
      port,
      path: way.path,
      method: request.method,
      headers: passedOn(request.headers, way.headers),
      agent,
    },
    (answer) => {
      response.writeHead(answer.statusCode ?? 502, passedOn(answer.headers, way.answered ?? {}));
      pipeline(answer, response, () => undefined);
    },
  );
  onward.once('error', () => {
    if (response.headersSent) return void response.destroy();
    response.writeHead(502, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ message: 'Temporal does not answer.' }));
  });
  // Stop when the client has disconnected: the page keeps long polls open.
  response.once('close', () => onward.destroy());
  pipeline(request, onward, () => undefined);
}
