import { once } from 'node:events';
import { createServer, request as httpRequest } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A site of its own in front of the API, under as strict a policy as a page can work with. */
export interface Site {
  url: string;
  close(): Promise<void>;
}

const POLICY =
  "default-src 'none'; script-src 'self'; connect-src 'self'; base-uri 'none'; require-trusted-types-for 'script'";

/** Serves `/` with its scripts, by their paths, and lets everything under `/v1` through to the API. */
export async function serveSite(api: string, scripts: Record<string, string>): Promise<Site> {
  const tags = Object.keys(scripts).map((path) => `<script type="module" src="${path}"></script>`);
  const server = createServer((asked, answer) => {
    const { url = '/', method, headers } = asked;
    const script = scripts[url];
    if (url.startsWith('/v1/')) {
      const upstream = httpRequest(api + url, { method, headers }, (given) => {
        answer.writeHead(given.statusCode!, given.headers);
        given.pipe(answer);
      });
      upstream.on('error', () => answer.destroy());
      answer.on('close', () => upstream.destroy());
      asked.pipe(upstream);
    } else if (script !== undefined) answer.writeHead(200, { 'content-type': 'text/javascript' }).end(script);
    else if (url !== '/') answer.writeHead(404).end();
    else {
      answer.writeHead(200, { 'content-type': 'text/html', 'content-security-policy': POLICY });
      answer.end(`<!doctype html><title>A page of somebody</title><output></output>${tags.join('')}`);
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
