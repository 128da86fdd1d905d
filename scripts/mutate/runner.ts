/**
 * StrykerJS's test runner for `test/domain`: loads modules and tests once, as the product loads them, and runs the tests again with another
 * mutant switched on. Jest loads all modules anew for each mutant, which takes a thousand times longer than most of these tests.
 */
import { globSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { INSTRUMENTER_CONSTANTS, type MutantCoverage } from '@stryker-mutator/api/core';
import { declareClassPlugin, PluginKind } from '@stryker-mutator/api/plugin';
import {
  type DryRunResult,
  DryRunStatus,
  determineHitLimitReached,
  type MutantRunOptions,
  type MutantRunResult,
  MutantRunStatus,
  type TestResult,
  type TestRunner,
  TestStatus,
} from '@stryker-mutator/api/test-runner';
import fc from 'fast-check';
import { collect, type KeptTest } from './globals.ts';

/** Tests of how long something takes: with Stryker's additions, and beside other work, it takes longer. */
const TIMED = /\b(in|takes) no time\b/;

const GLOBALS = new URL('./globals.ts', import.meta.url).href;

/** What Stryker's additions to the code read and write. */
interface Switch {
  activeMutant?: string | undefined;
  currentTestId?: string | undefined;
  hitCount?: number | undefined;
  hitLimit?: number | undefined;
  mutantCoverage?: MutantCoverage;
}

class LoadedOnceRunner implements TestRunner {
  private readonly switch: Switch;
  private readonly tests = new Map<string, KeptTest>();
  private readonly took = new Map<string, number>();

  constructor() {
    const globals = globalThis as unknown as Record<string, Switch | undefined>;
    globals[INSTRUMENTER_CONSTANTS.NAMESPACE] ??= {};
    this.switch = globals[INSTRUMENTER_CONSTANTS.NAMESPACE] as Switch;
  }

  /** Mutants of code that runs while modules load are left out (`ignoreStatic`), so nothing has to be loaded anew. */
  capabilities() {
    return { reloadEnvironment: true };
  }

  async init(): Promise<void> {
    registerHooks({
      resolve: (specifier, context, next) =>
        specifier === '@jest/globals' ? { url: GLOBALS, shortCircuit: true } : next(specifier, context),
    });
    // The same inputs in each run: a mutant lives or dies by the tests. The least failing input interests nobody here.
    fc.configureGlobal({ seed: 1, endOnFailure: true });
    for (const file of globSync('test/domain/**/*.test.ts').toSorted()) {
      const tests = await collect(file, () => import(pathToFileURL(file).href));
      for (const test of tests) if (!TIMED.test(test.id)) this.tests.set(test.id, test);
    }
  }

  async dryRun(): Promise<DryRunResult> {
    const tests: TestResult[] = [];
    for (const test of this.tests.values()) {
      this.switch.currentTestId = test.id;
      const from = performance.now();
      const failure = await failureOf(test);
      const timeSpentMs = performance.now() - from;
      this.took.set(test.id, timeSpentMs);
      const result = { id: test.id, name: test.id, fileName: resolve(test.file), timeSpentMs };
      tests.push(
        failure === undefined
          ? { ...result, status: TestStatus.Success }
          : { ...result, status: TestStatus.Failed, failureMessage: failure },
      );
    }
    this.switch.currentTestId = undefined;
    const mutantCoverage = this.switch.mutantCoverage ?? { static: {}, perTest: {} };
    return { status: DryRunStatus.Complete, tests, mutantCoverage };
  }

  async mutantRun(options: MutantRunOptions): Promise<MutantRunResult> {
    const { activeMutant, hitLimit, testFilter = [...this.tests.keys()] } = options;
    const took = (id: string) => this.took.get(id) ?? 0;
    this.switch.hitLimit = hitLimit;
    this.switch.hitCount = hitLimit === undefined ? undefined : 0;
    this.switch.activeMutant = activeMutant.id;
    try {
      let nrOfTests = 0;
      for (const id of testFilter.toSorted((a, b) => took(a) - took(b))) {
        const test = this.tests.get(id);
        if (!test) return { status: MutantRunStatus.Error, errorMessage: `no test "${id}"` };
        nrOfTests += 1;
        const from = performance.now();
        const failureMessage = await failureOf(test);
        if (!this.took.has(id)) this.took.set(id, performance.now() - from);
        const limit = determineHitLimitReached(this.switch.hitCount, hitLimit);
        if (limit) return { status: MutantRunStatus.Timeout, ...(limit.reason ? { reason: limit.reason } : {}) };
        if (failureMessage !== undefined)
          return { status: MutantRunStatus.Killed, killedBy: [id], failureMessage, nrOfTests };
      }
      return { status: MutantRunStatus.Survived, nrOfTests };
    } finally {
      this.switch.activeMutant = undefined;
    }
  }
}

async function failureOf(test: KeptTest): Promise<string | undefined> {
  try {
    await test.run();
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

export const strykerPlugins = [declareClassPlugin(PluginKind.TestRunner, 'loaded-once', LoadedOnceRunner)];
