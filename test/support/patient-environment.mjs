import { ModernFakeTimers } from '@jest/fake-timers';

/** `LOAD_FACTOR` of load.ts; jest loads this file as it is. */
const FACTOR = Number(process.env.TEST_LOAD_FACTOR) || 1;

/** Where circus looks for the limit that a file sets for its tests. */
const LIMIT = Symbol.for('TEST_TIMEOUT_SYMBOL');

/**
 * The worker's own globals, given back after each file as they were before, and the time limits of tests and hooks as many times longer as
 * the machine is busier.
 */
export default class PatientEnvironment {
  stretched = new WeakSet();
  global = globalThis;
  before = { console: globalThis.console, env: { ...process.env }, exit: process.exit, folder: process.cwd() };

  constructor({ projectConfig: config }) {
    this.fakeTimers = new ModernFakeTimers({ config, global: globalThis });
  }

  async setup() {
    // Of source maps there are none: Node leaves lines and columns where they are as it strips types.
    Error.prepareStackTrace = undefined;
    // Jest asks for a hundred lines, at the cost of a fifth of what pure tests compute: each `expect` makes an error.
    Error.stackTraceLimit = 20;
  }

  async teardown() {
    const { console, env, exit, folder } = this.before;
    this.fakeTimers.dispose();
    delete globalThis[LIMIT];
    process.exit = exit;
    process.exitCode = undefined;
    process.chdir(folder);
    for (const name of Object.keys(process.env)) if (!(name in env)) delete process.env[name];
    Object.assign(process.env, env);
    globalThis.console = console;
  }

  /** What a file's tests import as `jest`. */
  jest() {
    const timers = this.fakeTimers;
    return {
      setTimeout: (ms) => {
        globalThis[LIMIT] = ms;
      },
      useFakeTimers: () => timers.useFakeTimers(),
      useRealTimers: () => timers.useRealTimers(),
      advanceTimersByTime: (ms) => timers.advanceTimersByTime(ms),
      advanceTimersByTimeAsync: (ms) => timers.advanceTimersByTimeAsync(ms),
    };
  }

  getVmContext() {
    return null;
  }

  exportConditions() {
    return ['node', 'node-addons'];
  }

  handleTestEvent(event, state) {
    // The default, after a file may have set it for itself.
    if (event.name === 'run_start') state.testTimeout *= FACTOR;
    if (event.name === 'test_fn_start') this.stretch(event.test);
    if (event.name === 'hook_start') this.stretch(event.hook);
  }

  /** Once: a hook runs for each test. */
  stretch(limited) {
    if (!limited.timeout || this.stretched.has(limited)) return;
    this.stretched.add(limited);
    limited.timeout *= FACTOR;
  }
}
