import { anyFreePort, isFree } from './free-port.ts';

/**
 * Ports that every browser refuses to connect to: "port blocking" of the Fetch standard (https://fetch.spec.whatwg.org/#port-blocking).
 * Without ports of services that may run on such a machine (NFS, SIP, X).
 */
const REFUSED_BY_BROWSERS = [1719, 1720, 1723, 3659, 4045, 4190, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080];

/** Recently assigned ports, with the time (ms) until which they are reserved: their servers may not listen yet. */
const promised = new Map<number, number>();
const PROMISED_MS = 15_000;

/**
 * A free loopback port for a listener that no web page may reach; any free port when all of these are taken. Another process may take it
 * before its use: the caller must handle that.
 * @param except ports that are about to be used
 */
export async function quietPort(except: readonly number[] = []): Promise<number> {
  const isPromised = (port: number): boolean => (promised.get(port) ?? 0) > Date.now();
  const left = REFUSED_BY_BROWSERS.filter((port) => !except.includes(port));
  // Each start begins at another port, so that concurrent starts rarely want the same one.
  const first = Math.floor(Math.random() * left.length);
  for (const port of [...left.slice(first), ...left.slice(0, first)]) {
    if (isPromised(port)) continue;
    promised.set(port, Date.now() + PROMISED_MS);
    if (await isFree(port)) return port;
    promised.delete(port);
  }
  return anyFreePort();
}
