import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Bridge } from '../bridge/interface.ts';
import type { App } from './context.ts';

const STREAM_PATH = /^\/ws\/media-stream\//;
const NO_SUCH_SOCKET = 'HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Length: 0\r\n\r\n';

/** Hands WebSocket upgrades of media streams to the bridge; every other upgrade is refused. */
export function acceptStreams(app: App, bridge: Bridge | undefined): void {
  app.server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    if (bridge && STREAM_PATH.test(request.url ?? '')) return bridge.upgrade(request, socket, head);
    socket.on('error', () => socket.destroy());
    // Nobody watches this socket any more: one whose other side stays open would be kept for ever.
    socket.once('finish', () => socket.destroy());
    socket.end(NO_SUCH_SOCKET);
  });
}

/** Listens, and returns the port (which the system chose when 0 was asked for). */
export async function startServer(
  app: App,
  options: { host: string; port: number; bridge?: Bridge | undefined },
): Promise<{ port: number }> {
  acceptStreams(app, options.bridge);
  await app.listen({ host: options.host, port: options.port });
  return { port: (app.server.address() as AddressInfo).port };
}
