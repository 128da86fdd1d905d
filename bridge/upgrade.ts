import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';

const STREAM_PATH = /^\/ws\/media-stream\/([^/?#]+)\/?(?:\?|$)/;

/** The `{call_id}` of a request for `/ws/media-stream/{call_id}`; undefined: another path. */
export function callIdOfStream(url: string | undefined): string | undefined {
  const segment = STREAM_PATH.exec(url ?? '')?.[1];
  try {
    return segment === undefined ? undefined : decodeURIComponent(segment);
  } catch {
    return undefined;
  }
}

/** Answers an upgrade request with an HTTP status and closes. Twilio continues with the next TwiML verb. */
export function refuseUpgrade(socket: Duplex, status: number): void {
  if (socket.destroyed || !socket.writable) return;
  socket.once('finish', () => socket.destroy());
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}
