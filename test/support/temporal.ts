import { afterAll, beforeAll } from '@jest/globals';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { findTemporalCli } from '../../temporal/find-cli.ts';
import { dynamicConfigArguments, SEARCH_ATTRIBUTES } from '../../temporal/settings.ts';
import { finding, newTimeSkipping, quietRuntime } from './time-skipping.ts';

export { newTimeSkipping, quietRuntime } from './time-skipping.ts';

/** A first run fetches or builds the server; `npm test` has done so before any test starts. */
const START_LIMIT_MS = 600_000;

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
