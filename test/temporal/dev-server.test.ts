import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, readdirSync, readFileSync, statSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { Connection } from '@temporalio/client';
import { type DevServer, startDevServer } from '../../temporal/dev-server.ts';
import { findTemporalCli } from '../../temporal/find-cli.ts';
import { nextFreePort } from '../../temporal/free-port.ts';
import { isAlive, type ProcessIdentity } from '../../temporal/process-identity.ts';
import { ownFolder } from '../support/files.ts';
import { until } from '../support/until.ts';

const here = ownFolder();
const HOLDER = fileURLToPath(new URL('./hold-dev-server.ts', import.meta.url));

let executable: string;
const running: DevServer[] = [];
const holders: ChildProcess[] = [];

beforeAll(async () => {
  executable = await findTemporalCli({ env: process.env, progress: () => {} });
});
afterEach(async () => {
  for (const holder of holders.splice(0)) holder.kill('SIGKILL');
  await Promise.all(running.splice(0).map((server) => server.stop()));
});

async function start(progress: (line: string) => void = () => {}, port = 20_000, folder = 'data'): Promise<DevServer> {
  const server = await startDevServer({
    executable,
    dataDir: here.path(folder),
    port,
    namespace: 'default',
    progress,
  });
  running.push(server);
  return server;
}

/** A process of its own that starts a dev server on this test's folder and holds it. */
async function startHolder(): Promise<{ holder: ChildProcess; server: ProcessIdentity }> {
  const holder = spawn(process.execPath, [HOLDER, executable, here.path('data')], {
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true,
  });
  holders.push(holder);
  await once(createInterface({ input: holder.stdout! }), 'line');
  return { holder, server: JSON.parse(readFileSync(here.path('data', 'temporal', 'server.json'), 'utf8')) };
}

async function searchAttributes(address: string): Promise<string[]> {
  const connection = await Connection.connect({ address });
  try {
    return Object.keys(
      (await connection.operatorService.listSearchAttributes({ namespace: 'default' })).customAttributes ?? {},
    );
  } finally {
    await connection.close();
  }
}

describe('the embedded dev server', () => {
  it('serves with the product’s search attributes, on a new folder and on an old one', async () => {
    for (const _ of ['new', 'old']) {
      const server = await start();
      expect(await searchAttributes(server.address)).toEqual(
        expect.arrayContaining(['BookingStatus', 'BookingChannel', 'BookingResult']),
      );
      await server.stop();
    }
  });

  it('goes to the next free port where its own is taken, and joins nobody else’s', async () => {
    const stranger = createServer((socket) => socket.destroy());
    stranger.listen(0, '127.0.0.1');
    await once(stranger, 'listening');
    const { port } = stranger.address() as AddressInfo;
    const server = await start(undefined, port);
    expect(server.address).not.toBe(`127.0.0.1:${port}`);
    await searchAttributes(server.address);
    stranger.close();
  });

  it('stops when its starter is killed, SIGKILL included', async () => {
    const { holder, server } = await startHolder();
    expect(isAlive(server)).toBe(true);
    holder.kill('SIGKILL');
    await until(() => !isAlive(server));
  });

  it('is ended by the next start when nothing else could end it', async () => {
    const { holder, server } = await startHolder();
    const keeper = Number(spawnSync('ps', ['-o', 'ppid=', '-p', String(server.pid)], { encoding: 'utf8' }).stdout);
    process.kill(keeper, 'SIGKILL');
    holder.kill('SIGKILL');
    expect(isAlive(server)).toBe(true);
    const told: string[] = [];
    await start((line) => told.push(line));
    expect(isAlive(server)).toBe(false);
    expect(told).toEqual(['ended a Temporal server that an earlier run left behind']);
  });

  it('on a copy of the folder leaves the original’s alone and starts one of its own', async () => {
    const { server } = await startHolder();
    cpSync(here.path('data'), here.path('copy'), { recursive: true });
    const told: string[] = [];
    await start((line) => told.push(line), 20_000, 'copy');
    expect(isAlive(server)).toBe(true);
    expect(told).toEqual([expect.stringContaining('seems to be a copy')]);
  });

  it('keeps its files to this user, and knows none of our secrets', async () => {
    process.env.ELEVENLABS_API_KEY = 'secret-of-a-provider';
    try {
      const { address } = await start();
      await searchAttributes(address);
    } finally {
      delete process.env.ELEVENLABS_API_KEY;
    }
    const folder = here.path('data', 'temporal');
    const modes = readdirSync(folder).map((name) => [name, statSync(join(folder, name)).mode & 0o777]);
    expect(modes.map(([name]) => name)).toEqual(
      expect.arrayContaining(['temporal.db', 'temporal.db-wal', 'server.log']),
    );
    expect(modes).toEqual(modes.map(([name]) => [name, 0o600]));
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    const { pid } = JSON.parse(readFileSync(join(folder, 'server.json'), 'utf8'));
    const keeper = Number(spawnSync('ps', ['-o', 'ppid=', '-p', String(pid)], { encoding: 'utf8' }).stdout);
    for (const one of process.platform === 'linux' ? [pid, keeper] : []) {
      const environment = readFileSync(`/proc/${one}/environ`, 'utf8');
      expect(environment).toContain('PATH=');
      expect(environment).not.toContain('secret-of-a-provider');
    }
  });

  it('that cannot start says why', async () => {
    const broken = here.script('temporal', 'echo "the disk is full"; exit 1');
    const options = {
      executable: broken,
      dataDir: here.path('data'),
      port: 21_000,
      namespace: 'default',
      progress: () => {},
    };
    await expect(startDevServer(options)).rejects.toThrow(/ended while it was starting[\s\S]*the disk is full/);
  });
});

describe('a free port', () => {
  it('is the first one that nobody has and nobody is about to use', async () => {
    const first = await nextFreePort(23_000);
    expect(await nextFreePort(23_000, [first])).toBeGreaterThan(first);
  });
});
