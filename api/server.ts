import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Bridge } from '../bridge/interface.ts';
import type { App } from './context.ts';

const STREAM_PATH = /^\/ws\/media-stream\//;
const NO_SUCH_SOCKET = 'HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Length: 0\r\n\r\n';

/** Hands WebSocket upgrades of media streams to the bridge and refuses every other upgrade. */
export function acceptStreams(app: App, bridge: Bridge | undefined): void {
  app.server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    if (bridge && STREAM_PATH.test(request.url ?? '')) return bridge.upgrade(request, socket, head);
    socket.on('error', () => socket.destroy());
    // Nothing else watches this socket: if the other side stays open, it would stay open here, too.
    socket.once('finish', () => socket.destroy());
    socket.end(NO_SUCH_SOCKET);
  });
}

/** Listens and returns the port (chosen by the system when 0 is given). */
export async function startServer(
  app: App,
  options: { host: string; port: number; bridge?: Bridge | undefined },
): Promise<{ port: number }> {
  acceptStreams(app, options.bridge);
  await app.listen({ host: options.host, port: options.port });
  return { port: (app.server.address() as AddressInfo).port };
}
