import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { startSandbox } from '../../sandbox/server.ts';
import { startDevServer } from '../../temporal/dev-server.ts';
import { findTemporalCli } from '../../temporal/find-cli.ts';
import { nextFreePort } from '../../temporal/free-port.ts';
import { end, ready, startProcess } from '../../test/e2e/support/process.ts';
import type { Started } from '../memory/started.ts';

/** One API and several workers, each a process, on one Temporal and one database. The sandbox runs in this process. */
export async function startSeveral(folder: string, workers: number, more: Record<string, string>): Promise<Started> {
  const began = performance.now();
  const progress = (line: string): void => console.error(`  ${line}`);
  const executable = await findTemporalCli({ env: process.env, progress });
  const port = await nextFreePort(13_600);
  const url = `http://127.0.0.1:${port}`;
  const [server, sandbox] = await Promise.all([
    startDevServer({ executable, dataDir: folder, port: 17_600, namespace: 'default', progress }),
    startSandbox({ publicUrl: url }),
  ]);
  const env = {
    ...sandbox.env,
    TEMPORAL_ADDRESS: server.address,
    HASH_KEY: randomBytes(32).toString('base64'),
    CALLBACK_SECRET: `whsec_${randomBytes(32).toString('base64')}`,
    PORT: String(port),
    PUBLIC_URL: url,
    DATA_DIR: join(folder, 'data'),
    LOG_LEVEL: 'warn',
    ...more,
  };
  const api = startProcess(['processes/api.ts'], folder, env);
  const processes = [api];
  const stop = async (): Promise<void> => {
    await end(...processes);
    await sandbox.close();
    await server.stop();
  };
  try {
    // The API makes the tables.
    await ready(api, `${url}/healthz`);
    for (let n = 0; n < workers; n++) processes.push(startProcess(['processes/worker.ts'], folder, env));
    await ready(api, `${url}/readyz`);
  } catch (error) {
    await stop();
    throw error;
  }
  return { pid: api.pid, url, seconds: (performance.now() - began) / 1000, stop };
}
