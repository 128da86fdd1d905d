import type { Socket } from 'node:net';
import type { ConnectionError } from 'fastify';
import { Problem } from './problem.ts';

const STATUS: Record<string, [status: number, reason: string, detail: string]> = {
  HPE_HEADER_OVERFLOW: [431, 'Request Header Fields Too Large', 'The header fields are too large.'],
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'Request Timeout', 'The request did not arrive in time.'],
};

/** Time for the client to read the answer. Then the server closes the connection. */
const LINGER_MS = 1_000;

/** Answers bytes that are not an HTTP request, before any route is known, and ends the connection. */
export function answerClientError(error: ConnectionError, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const [status, reason, detail] = STATUS[error.code] ?? [400, 'Bad Request', 'This is not a readable HTTP request.'];
  const body = JSON.stringify(new Problem(status, detail).document('none'));
  socket.end(
    `HTTP/1.1 ${status} ${reason}\r\nContent-Type: application/problem+json\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
  );
  // Sockets of an HTTP server may stay half open: without this a client that never closes its side would keep one.
  const linger = setTimeout(() => socket.destroy(), LINGER_MS);
  socket.once('close', () => clearTimeout(linger));
}
