import { once } from 'node:events';
import { connect } from 'node:net';
import WebSocket from 'ws';
import { LOAD_FACTOR } from '../../support/load.ts';

/** What one who is no provider got to hear: the code and reason that its socket was closed with. */
export interface Closed {
  code: number;
  reason: string;
}

/** Opens a WebSocket, says something or nothing, and waits for the end. */
export async function knock(url: string, ...messages: (string | Buffer)[]): Promise<Closed> {
  const socket = new WebSocket(url);
  const closed = once(socket, 'close', { signal: AbortSignal.timeout(20_000 * LOAD_FACTOR) });
  // A refused upgrade fails both: it is told once, here.
  closed.catch(() => undefined);
  await once(socket, 'open', { signal: AbortSignal.timeout(10_000 * LOAD_FACTOR) });
  for (const message of messages) socket.send(message);
  const [code, reason] = (await closed) as [number, Buffer];
  return { code, reason: reason.toString() };
}

/** Upgrades to a WebSocket by hand, sends the raw bytes, and returns what came back until the server let go. */
export async function sendRaw(url: string, bytes: Buffer): Promise<string> {
  const { hostname, port, pathname } = new URL(url);
  const socket = connect({ host: hostname, port: Number(port) });
  const closed = once(socket, 'close', { signal: AbortSignal.timeout(20_000 * LOAD_FACTOR) });
  let heard = '';
  socket.on('data', (data) => {
    heard += data.toString('latin1');
  });
  socket.write(
    [
      `GET ${pathname} HTTP/1.1`,
      `Host: ${hostname}:${port}`,
      'Connection: Upgrade',
      'Upgrade: websocket',
      'Sec-WebSocket-Version: 13',
      'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
      '',
      '',
    ].join('\r\n'),
  );
  socket.write(bytes);
  await closed;
  return heard;
}
