import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from '@jest/globals';
import { type Sandbox, startSandbox } from '../../../sandbox/server.ts';
import { PACE } from '../../support/load.ts';
import { Client } from './client.ts';
import { LIVE } from './live.ts';
import { ownPort } from './own-port.ts';
import { end, type RunningProcess, ready, startProcess, tail } from './process.ts';

const START_LIMIT_MS = 120_000;

export { LIVE, ownPort };

/** The product and both providers, for the tests of one file. The providers outlive the product. */
export interface System {
  readonly url: string;
  readonly client: Client;
  readonly sandbox: Sandbox;
  readonly product: RunningProcess;
  /** The product's own folder. */
  readonly dataDir: string;
  /** Where it runs, without an `.env`. */
  readonly folder: string;
  /** The settings that it runs with. */
  readonly env: Record<string, string>;
  /** Where the embedded Temporal serves. */
  readonly temporalAddress: string;
  /** Starts the product again, on the same data folder and ports, once the one before has ended. */
  start(): Promise<void>;
  /** The end of what the product has printed, and what the providers found strange. */
  tail(): string;
}

/**
 * Runs `vocero start` from `beforeAll` to `afterAll`, in live mode with a sandbox of the test's; with `demo`, as a new user
 * does: without any provider settings, so that it brings its own sandbox, which speaks as slowly as people do. `publicUrl`: of a proxy
 * before it, which the providers call.
 */
export function runSystem({
  demo = false,
  env = {},
  publicUrl,
}: {
  demo?: boolean;
  env?: Record<string, string>;
  publicUrl?: () => string;
} = {}): System {
  let folder = '';
  let port = 0;
  let temporalPort = 0;
  let uiPort = 0;
  let sandbox: Sandbox | undefined;
  let product: RunningProcess | undefined;
  const url = (): string => `http://127.0.0.1:${port}`;

  const settings = (): Record<string, string> => ({
    ...(!demo && { ...LIVE, ...sandbox!.env }),
    PORT: String(port),
    DATA_DIR: join(folder, 'data'),
    TEMPORAL_PORT: String(temporalPort),
    TEMPORAL_UI_PORT: String(uiPort),
    ...(publicUrl && { PUBLIC_URL: publicUrl() }),
    ...env,
  });

  async function start(): Promise<void> {
    product = startProcess(['processes/vocero.mjs', 'start'], folder, settings());
    await ready(product, `${url()}/readyz`);
  }

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'vocero-e2e-'));
    port = await ownPort();
    temporalPort = await ownPort();
    uiPort = await ownPort();
    if (!demo) sandbox = await startSandbox({ publicUrl: publicUrl?.() ?? url(), pace: PACE });
    await start();
  }, START_LIMIT_MS);

  afterAll(async () => {
    await end(product);
    await sandbox?.close();
    if (folder) rmSync(folder, { recursive: true, force: true });
  }, 60_000);

  return {
    get url() {
      return url();
    },
    get client() {
      return new Client(url());
    },
    get sandbox() {
      if (!sandbox) throw new Error('a demo has its own sandbox, in its own process');
      return sandbox;
    },
    get product() {
      return product!;
    },
    get dataDir() {
      return join(folder, 'data');
    },
    get folder() {
      return folder;
    },
    get env() {
      return settings();
    },
    get temporalAddress() {
      return `127.0.0.1:${temporalPort}`;
    },
    start,
    tail: () => {
      const notes = sandbox?.log().notes.slice(-20) ?? [];
      return [tail(product?.log() ?? ''), ...notes.map(({ text }) => `the sandbox noted: ${text}`)].join('\n');
    },
  };
}
