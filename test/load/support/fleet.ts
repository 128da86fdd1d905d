import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from '@jest/globals';
import { type Sandbox, startSandbox } from '../../../sandbox/server.ts';
import { Client } from '../../e2e/support/client.ts';
import { end, type RunningProcess, ready, startProcess, tail } from '../../e2e/support/process.ts';
import { LIVE, ownPort } from '../../e2e/support/system.ts';
import { devServer } from '../../support/temporal.ts';

/** One API and several worker processes on one Temporal and one database, with both providers, for the tests of one file. */
export interface Fleet {
  readonly client: Client;
  readonly sandbox: Sandbox;
  readonly workers: readonly RunningProcess[];
  /** The process ids of the workers that dialed these bookings. */
  dialers(bookingIds: readonly string[]): Promise<Set<string>>;
  tail(): string;
}

export function runFleet(workers: number, env: Record<string, string>): Fleet {
  const temporal = devServer();
  const processes: RunningProcess[] = [];
  let folder = '';
  let url = '';
  let sandbox: Sandbox | undefined;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'vocero-load-'));
    const port = await ownPort();
    url = `http://127.0.0.1:${port}`;
    sandbox = await startSandbox({ publicUrl: url, pace: 6 });
    const shared = {
      ...LIVE,
      ...sandbox.env,
      TEMPORAL_ADDRESS: temporal.env.address,
      DATABASE_URL: `file:${join(folder, 'vocero.db')}`,
      DATA_DIR: join(folder, 'data'),
      HASH_KEY: randomBytes(32).toString('base64'),
      CALLBACK_SECRET: `whsec_${randomBytes(32).toString('base64')}`,
      PORT: String(port),
      ...env,
    };
    const run = (program: string): RunningProcess => {
      const running = startProcess([program], folder, shared);
      processes.push(running);
      return running;
    };
    // The API first: it makes the database's tables.
    await ready(run('processes/api.ts'), `${url}/healthz`);
    for (let n = 0; n < workers; n++) run('processes/worker.ts');
    await ready(processes[1]!, `${url}/readyz`);
  }, 180_000);

  afterAll(async () => {
    await end(...processes);
    await sandbox?.close();
    if (folder) rmSync(folder, { recursive: true, force: true });
  }, 90_000);

  return {
    get client() {
      return new Client(url);
    },
    get sandbox() {
      return sandbox!;
    },
    get workers() {
      return processes.slice(1);
    },
    async dialers(bookingIds) {
      const found = new Set<string>();
      for (const id of bookingIds) {
        const { events } = await temporal.env.client.workflow.getHandle(id).fetchHistory();
        const dials = (events ?? []).filter((event) =>
          event.activityTaskScheduledEventAttributes?.activityType?.name?.startsWith('dial'),
        );
        for (const { eventId } of dials) {
          const started = events!.find(
            ({ activityTaskStartedEventAttributes: start }) =>
              start?.scheduledEventId !== undefined && String(start?.scheduledEventId) === String(eventId),
          );
          const identity = started?.activityTaskStartedEventAttributes?.identity;
          if (identity) found.add(identity);
        }
      }
      return found;
    },
    tail: () => processes.map((each) => tail(each.log())).join('\n'),
  };
}

/**
 * How many more came than `perSecond` allows, in the worst window there is: at a limit that lets `burst` through at once it is never more
 * than `burst`. Times in Unix ms.
 */
export function mostAbove(times: readonly number[], perSecond: number): number {
  const sorted = [...times].sort((a, b) => a - b);
  let most = 0;
  for (const [first, from] of sorted.entries()) {
    for (let last = first; last < sorted.length; last++) {
      most = Math.max(most, last - first + 1 - (perSecond * (sorted[last]! - from)) / 1000);
    }
  }
  return most;
}

/** The most calls that were alive at one moment. */
export function mostAtOnce(calls: readonly Record<string, unknown>[]): number {
  const changes = calls
    .flatMap(({ placed, ended }) => [
      { at: Date.parse(placed as string), by: 1 },
      { at: ended ? Date.parse(ended as string) : Infinity, by: -1 },
    ])
    .sort((a, b) => a.at - b.at || a.by - b.by);
  let now = 0;
  let most = 0;
  for (const { by } of changes) {
    now += by;
    most = Math.max(most, now);
  }
  return most;
}
