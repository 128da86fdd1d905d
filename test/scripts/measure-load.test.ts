import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { afterEach, describe, expect, it } from '@jest/globals';
import { measureLoad } from '../../scripts/measure-load.ts';

const busy: Worker[] = [];
afterEach(async () => {
  for (const worker of busy.splice(0)) await worker.terminate();
});

describe('the time limits of tests', () => {
  it('are longer by what other work takes of the processors', async () => {
    for (let i = 0; i < 3 * availableParallelism(); i++) busy.push(new Worker('for (;;);', { eval: true }));
    expect(await measureLoad()).toBeGreaterThan(2);
  });

  it('are as many times as long for a test and for a hook, which runs more than once, as for a file’s default', async () => {
    process.env.TEST_LOAD_FACTOR = '3';
    // A variable: jest loads it as it is, and so it has no types.
    const file = '../support/patient-environment.mjs?anew';
    const { default: PatientEnvironment } = await import(file);
    const environment = Object.assign(Object.create(PatientEnvironment.prototype), { stretched: new WeakSet() });
    const state = { testTimeout: 30_000 };
    const [test, hook, unlimited] = [{ timeout: 1_000 }, { timeout: 2_000 }, { timeout: undefined }];
    environment.handleTestEvent({ name: 'run_start' }, state);
    for (const one of [hook, hook, unlimited]) environment.handleTestEvent({ name: 'hook_start', hook: one }, state);
    environment.handleTestEvent({ name: 'test_fn_start', test }, state);
    expect([state.testTimeout, test.timeout, hook.timeout, unlimited.timeout]).toEqual([
      90_000,
      3_000,
      6_000,
      undefined,
    ]);
  });
});
