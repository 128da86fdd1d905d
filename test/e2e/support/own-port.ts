import { nextFreePort } from '../../../temporal/free-port.ts';

/** Below the ports that the system hands out by itself, above 10080, which fetch refuses, and apart from other test processes'. */
let nextPort = 11_000 + (process.pid % 450) * 40;

export async function ownPort(): Promise<number> {
  const port = await nextFreePort(nextPort);
  nextPort = port + 1;
  return port;
}
