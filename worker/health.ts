import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** `GET /healthz` of a worker process: it is up as long as it polls. */
export async function serveHealth(
  port: number,
  polls: () => boolean,
): Promise<{ port: number; close(): Promise<void> }> {
  const server = createServer((request, response) => {
    const known = request.url === '/healthz';
    const code = known ? (polls() ? 200 : 503) : 404;
    response.writeHead(code, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ status: code === 200 ? 'ok' : code === 503 ? 'not polling' : 'not found' }));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '0.0.0.0', resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
