import { type AddressInfo, createServer } from 'node:net';

const HIGHEST = 65_535;

/** True when nothing listens on a port, and we may listen on it. */
export function isFree(port: number, host = '127.0.0.1'): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen({ host, port, exclusive: true }, () => probe.close(() => resolve(true)));
  });
}

/** A free loopback port of the system's choice. */
export function anyFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen({ host: '127.0.0.1', port: 0 }, () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}

/** The first free loopback port from `wanted` on. Another process may take it before its use: the caller must handle that. */
export async function nextFreePort(wanted: number, except: readonly number[] = []): Promise<number> {
  for (let port = wanted; port <= HIGHEST; port++) {
    if (!except.includes(port) && (await isFree(port))) return port;
  }
  throw new Error(`no free port from ${wanted} on`);
}
