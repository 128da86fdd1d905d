import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';

/** The listener of Temporal's web page. It listens before the API does, so that its address is known, and answers once it has a handler. */
export interface UiListener {
  port: number;
  /** From now on this handler answers. */
  serve(listener: RequestListener): void;
  close(): Promise<void>;
}

/** Another process may take a port between the look and its use. */
const ATTEMPTS = 50;

/**
 * Listens at the first free port from `wanted` on.
 * @param except ports that others of our listeners are about to use
 */
export async function listenForUi(
  wanted: number,
  { host = '127.0.0.1', except = [] }: { host?: string; except?: readonly number[] } = {},
): Promise<UiListener> {
  for (let port = wanted; port <= Math.min(65_535, wanted + ATTEMPTS); port++) {
    const listening = except.includes(port) ? undefined : await tryListening(port, host);
    if (listening) return listening;
  }
  throw new Error(`no free port from ${wanted} on for Temporal's web page`);
}

/** undefined: the port is taken. */
function tryListening(port: number, host: string): Promise<UiListener | undefined> {
  let answer: RequestListener = (_request, response) => {
    response.writeHead(503, { 'retry-after': '1' }).end('Vocero is starting.');
  };
  const server = createServer({ requestTimeout: 120_000, headersTimeout: 10_000 }, (request, response) =>
    answer(request, response),
  );
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE' || error.code === 'EACCES') resolve(undefined);
      else reject(error);
    });
    server.listen({ port, host, exclusive: true }, () =>
      resolve({
        port: (server.address() as AddressInfo).port,
        serve: (listener) => {
          answer = listener;
        },
        close: () =>
          new Promise((closed) => {
            server.close(() => closed());
            server.closeAllConnections();
          }),
      }),
    );
  });
}
