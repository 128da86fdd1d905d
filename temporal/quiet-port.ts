import { anyFreePort, isFree } from './free-port.ts';

/**
 * Ports that every browser refuses to speak to, whatever a page asks for: "port blocking" of the Fetch standard
 * (https://fetch.spec.whatwg.org/#port-blocking). Those of services that such a machine may well run (NFS, SIP, X) are left out.
 */
const REFUSED_BY_BROWSERS = [1719, 1720, 1723, 3659, 4045, 4190, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080];

/** Ports that were given out just now, and until when (ms) nobody else is to get them: their servers may not listen yet. */
const promised = new Map<number, number>();
const PROMISED_MS = 15_000;

/**
 * A free loopback port for a listener that no web page is to reach; any free one when all of these are taken. Somebody may take
 * it before it is used: the caller must cope.
 * @param except ports that are about to be used.
 */
export async function quietPort(except: readonly number[] = []): Promise<number> {
  const isPromised = (port: number): boolean => (promised.get(port) ?? 0) > Date.now();
  const left = REFUSED_BY_BROWSERS.filter((port) => !except.includes(port));
  // Each start begins elsewhere, so that two at once seldom want the same one.
  const first = Math.floor(Math.random() * left.length);
  for (const port of [...left.slice(first), ...left.slice(0, first)]) {
    if (isPromised(port)) continue;
    promised.set(port, Date.now() + PROMISED_MS);
    if (await isFree(port)) return port;
    promised.delete(port);
  }
  return anyFreePort();
}
