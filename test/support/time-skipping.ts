import { TestWorkflowEnvironment } from '@temporalio/testing';
import { DefaultLogger, Runtime } from '@temporalio/worker';
import { findTestServer } from '../../temporal/find-test-server.ts';
import { ensureSearchAttributes } from '../../temporal/search-attributes.ts';

export const finding = { env: process.env, progress: (line: string) => process.stderr.write(`${line}\n`) };

/** A time-skipping server for one booking; the caller tears it down. */
export async function newTimeSkipping(): Promise<TestWorkflowEnvironment> {
  quietRuntime();
  const path = await findTestServer(finding);
  const env = await startedInTime(() =>
    TestWorkflowEnvironment.createTimeSkipping({ server: { executable: { type: 'existing-path', path } } }),
  );
  await ensureSearchAttributes(env.connection, env.namespace ?? 'default');
  return env;
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
