import { TestWorkflowEnvironment } from '@temporalio/testing';
import { DefaultLogger, Runtime } from '@temporalio/worker';
import { onPath } from '../../temporal/executable.ts';
import { findTestServer } from '../../temporal/find-test-server.ts';
import { anyFreePort } from '../../temporal/free-port.ts';
import { ensureSearchAttributes } from '../../temporal/search-attributes.ts';
import { START } from './orders.ts';
import { borrowTestServer } from './time-skipping-servers/borrow.ts';

export const finding = { env: process.env, progress: (line: string) => process.stderr.write(`${line}\n`) };

/** A time-skipping server for one booking, at the hour and weekday of `START`; the caller tears it down. */
export async function newTimeSkipping(): Promise<TestWorkflowEnvironment> {
  quietRuntime();
  const env = (await borrowed()) ?? (await ownProcess());
  await ensureSearchAttributes(env.connection, env.namespace ?? 'default');
  await env.sleep(untilStartOfWeek(await env.currentTimeMs()));
  return env;
}

const WEEK_MS = 7 * 86_400_000;

/**
 * Time from `now` (Unix ms) to the next moment that is whole weeks after `START`. A test that runs just before midnight at the callee's
 * must see what it sees at noon.
 */
export const untilStartOfWeek = (now: number): number => (((START - now) % WEEK_MS) + WEEK_MS) % WEEK_MS;

/** One of those that `npm test` lends, which is there at once. Undefined where it lends none. */
async function borrowed(): Promise<TestWorkflowEnvironment | undefined> {
  const port = await anyFreePort();
  const server = await borrowTestServer(port);
  if (!server) return undefined;
  // The SDK skips time only on a server whose process it has started itself, with the port as the argument: this one just waits.
  const path = onPath('sleep', process.env.PATH)!;
  const env = await TestWorkflowEnvironment.createTimeSkipping({
    server: { port, executable: { type: 'existing-path', path } },
  }).catch((error: unknown) => {
    server.giveBack();
    throw error;
  });
  const teardown = env.teardown.bind(env);
  env.teardown = () => teardown().finally(server.giveBack);
  return env;
}

async function ownProcess(): Promise<TestWorkflowEnvironment> {
  const path = await findTestServer(finding);
  return startedInTime(() =>
    TestWorkflowEnvironment.createTimeSkipping({ server: { executable: { type: 'existing-path', path } } }),
  );
}

/** The SDK gives a server five seconds to start, which a busy machine may not have left for a Java process. */
async function startedInTime<T>(start: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await start();
    } catch (error) {
      if (tries === 8 || !String(error).includes('did not start within')) throw error;
    }
  }
}

/** Workers tell of every start and stop; in a test report only what went wrong matters. Once per process. */
export function quietRuntime(): void {
  try {
    Runtime.install({ logger: new DefaultLogger('ERROR') });
  } catch {
    // Another file of this process installed it.
  }
}
