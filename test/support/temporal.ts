import { afterAll, beforeAll } from '@jest/globals';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { DefaultLogger, Runtime } from '@temporalio/worker';
import { findTemporalCli } from '../../temporal/find-cli.ts';
import { findTestServer } from '../../temporal/find-test-server.ts';
import { ensureSearchAttributes } from '../../temporal/search-attributes.ts';
import { dynamicConfigArguments, SEARCH_ATTRIBUTES } from '../../temporal/settings.ts';

/** A first run fetches or builds the server; `npm test` has done so before any test starts. */
const START_LIMIT_MS = 600_000;

const finding = { env: process.env, progress: (line: string) => process.stderr.write(`${line}\n`) };

/** The environment of one test file; there between its `beforeAll` and its `afterAll`. */
export interface TemporalForTests {
  readonly env: TestWorkflowEnvironment;
}

/** A real dev server in memory, with the settings and search attributes of the product's own. Real time. */
export function devServer(): TemporalForTests {
  return duringTests(async () => {
    const path = await findTemporalCli(finding);
    return TestWorkflowEnvironment.createLocal({
      server: {
        executable: { type: 'existing-path', path },
        extraArgs: dynamicConfigArguments(),
        searchAttributes: SEARCH_ATTRIBUTES,
        log: { format: 'pretty', level: 'error' },
      },
    });
  });
}

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
      if (tries === 4 || !String(error).includes('did not start within')) throw error;
    }
  }
}

/**
 * The time-skipping server: time jumps while a workflow's result is awaited. Time is one for all workflows, so one booking at
 * a time; signal before awaiting a result; never `terminate` right after a start (the clock stays locked).
 */
export function timeSkipping(): TemporalForTests {
  return duringTests(newTimeSkipping);
}

function duringTests(start: () => Promise<TestWorkflowEnvironment>): TemporalForTests {
  let env: TestWorkflowEnvironment | undefined;
  beforeAll(async () => {
    quietRuntime();
    env = await start();
  }, START_LIMIT_MS);
  afterAll(async () => {
    await env?.teardown();
  });
  return {
    get env() {
      if (!env) throw new Error('Temporal is there only while tests run: read `env` inside a test or a hook');
      return env;
    },
  };
}

/** Workers tell of every start and stop; in a test report only what went wrong matters. Once per process. */
export function quietRuntime(): void {
  try {
    Runtime.install({ logger: new DefaultLogger('ERROR') });
  } catch {
    // Another file of this process installed it.
  }
}
