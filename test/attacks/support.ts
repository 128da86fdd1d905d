import { connect, type Socket } from 'node:net';
import { Writable } from 'node:stream';
import { afterAll, afterEach, beforeAll, beforeEach } from '@jest/globals';
import type { ApiDeps, ApiSettings } from '../../api/deps.ts';
import { startServer } from '../../api/server.ts';
import { createLogger } from '../../config/logger.ts';
import { type World, world } from '../api/support.ts';

/** Keys as an installation would have them: long enough to be looked for in logs. */
export const ALICE = 'alice-key-3f8a91c2d47e';
export const BOB = 'bob-key-9c0de5512ab4';
export const OLGA = 'olga-operator-key-77aa01';
export const TOOL = 'tool-secret-5b1f0e9d2c';
export const HOOK = 'wsec-hook-secret-a8c4e2';
export const TWILIO_TOKEN = 'twilio-token-0d9e8f7a6b';

/** Where lines of a log are kept as they were written. */
export function sink(): { to: Writable; text: () => string } {
  const lines: string[] = [];
  const to = new Writable({
    write(chunk, _encoding, done) {
      lines.push(String(chunk));
      done();
    },
  });
  return { to, text: () => lines.join('') };
}

export interface Answer {
  status: number;
  headers: Headers;
  text: string;
  json: Record<string, unknown>;
}

export interface Attacked {
  readonly world: World;
  readonly url: string;
  readonly port: number;
  /** A request over a real connection. */
  send(
    method: string,
    path: string,
    options?: { headers?: Record<string, string>; body?: string | Buffer },
  ): Promise<Answer>;
  /** As `send`, with a key. */
  as(key: string, method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
  /** Opens a connection, writes bytes, and leaves it open. */
  open(bytes?: string | Buffer): Promise<OpenSocket>;
  /** Connections that the server holds. */
  connections(): Promise<number>;
  logged(): string;
  /** That the product still serves others. */
  serves(): Promise<boolean>;
}

export interface OpenSocket {
  socket: Socket;
  received(): string;
  /** Resolves when the other side has closed the connection for good. */
  closed: Promise<void>;
}

interface Changes {
  settings?: Partial<ApiSettings>;
  deps?: Partial<ApiDeps>;
}

/**
 * The API on a real listener with the product's own logger at its most talkative, anew for each test of a file; once for all
 * of them where they only ask and leave nothing behind.
 */
export function attackedApi(changes: () => Changes = () => ({}), once = false): Attacked {
  let w: World;
  let port = 0;
  let log: ReturnType<typeof sink>;
  const sockets: Socket[] = [];

  (once ? beforeAll : beforeEach)(async () => {
    log = sink();
    const { settings, deps } = changes();
    w = await world({
      settings: {
        apiKeys: [ALICE, BOB],
        operatorKeys: [OLGA],
        toolSecret: TOOL,
        webhookSecret: HOOK,
        twilioAuthToken: TWILIO_TOKEN,
        ...settings,
      },
      deps: { log: createLogger({ log: { level: 'trace' } }, 'api', log.to), ...deps },
    });
    ({ port } = await startServer(w.app, { host: '127.0.0.1', port: 0, bridge: deps?.bridge }));
  });
  (once ? afterAll : afterEach)(async () => {
    for (const socket of sockets.splice(0)) socket.destroy();
    w.app.server.closeAllConnections();
    await w.close();
  });

  const send: Attacked['send'] = async (method, path, { headers = {}, body } = {}) => {
    const answer = await fetch(`http://127.0.0.1:${port}${path}`, {
      method,
      headers,
      redirect: 'manual',
      signal: AbortSignal.timeout(20_000),
      ...(body === undefined ? {} : { body: body as string }),
    });
    const text = await answer.text();
    return { status: answer.status, headers: answer.headers, text, json: text.startsWith('{') ? JSON.parse(text) : {} };
  };

  return {
    get world() {
      return w;
    },
    get url() {
      return `http://127.0.0.1:${port}`;
    },
    get port() {
      return port;
    },
    send,
    as: (key, method, path, body, headers = {}) =>
      send(method, path, {
        headers: {
          authorization: `Bearer ${key}`,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      }),
    open: (bytes) =>
      new Promise((resolve, reject) => {
        const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
        sockets.push(socket);
        let text = '';
        socket.on('data', (chunk) => {
          text += chunk;
        });
        // A reset is an end, too. What is written after it changes nothing.
        const closed = new Promise<void>((end) => {
          socket.on('close', () => end());
          socket.on('end', () => end());
          socket.on('error', () => end());
        });
        socket.once('error', reject);
        socket.once('connect', () => {
          if (bytes !== undefined) socket.write(bytes);
          resolve({ socket, received: () => text, closed });
        });
      }),
    connections: () =>
      new Promise((resolve, reject) => {
        w.app.server.getConnections((error, count) => (error ? reject(error) : resolve(count)));
      }),
    logged: () => log.text(),
    serves: async () => (await send('GET', '/healthz')).status === 200,
  };
}
