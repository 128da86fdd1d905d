import { createServer, request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { constants, createGzip } from 'node:zlib';

const mayCompress = (headers: IncomingHttpHeaders): boolean =>
  /^(text\/|application\/(problem\+)?json)/.test(headers['content-type'] ?? '') &&
  !headers['content-encoding'] &&
  !/(^|,)\s*no-transform\s*(,|$)/.test(headers['cache-control'] ?? '');

export interface CompressingProxy {
  port: number;
  close(): Promise<void>;
}

/**
 * Stands before a server and compresses what it may: texts of every kind, unless the server forbids changes (RFC 9111, 5.2.2.6). What
 * it compresses it holds back until it has enough for a block, as zlib does by itself: thus do Apache's mod_deflate, Cloudflare, and
 * Express's `compression`.
 */
export async function compressingProxy(port: number): Promise<CompressingProxy> {
  const server = createServer((asked, answer) => {
    const { host: _host, ...headers } = asked.headers;
    const upstream = httpRequest({ host: '127.0.0.1', port, method: asked.method, path: asked.url, headers });
    upstream.on('error', () => answer.destroy());
    upstream.on('response', (given) => {
      const compress = /\bgzip\b/.test(String(asked.headers['accept-encoding'])) && mayCompress(given.headers);
      if (!compress) {
        answer.writeHead(given.statusCode!, given.headers);
        given.pipe(answer);
        return;
      }
      const { 'content-length': _length, ...kept } = given.headers;
      answer.writeHead(given.statusCode!, { ...kept, 'content-encoding': 'gzip', vary: 'accept-encoding' });
      given.pipe(createGzip({ flush: constants.Z_NO_FLUSH })).pipe(answer);
    });
    answer.on('close', () => upstream.destroy());
    asked.pipe(upstream);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    close: () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      return closed;
    },
  };
}
