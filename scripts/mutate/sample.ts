/** Lets through only a share of the mutants, chosen by a seed, all alike. The others count as not compiled: in no score. */
import { createHash } from 'node:crypto';
import { relative } from 'node:path';
import { type Checker, type CheckResult, CheckStatus } from '@stryker-mutator/api/check';
import type { Mutant } from '@stryker-mutator/api/core';
import { declareClassPlugin, PluginKind } from '@stryker-mutator/api/plugin';

/** Environment variable: seed and share, as in `7 0.05`. Stryker's processes inherit it. */
export const SAMPLE = 'MUTATE_SAMPLE';

class SampleChecker implements Checker {
  private readonly seed: string;
  private readonly share: number;

  constructor() {
    const [seed = '', share] = (process.env[SAMPLE] ?? '').split(' ');
    this.seed = seed;
    this.share = Number(share);
  }

  async init(): Promise<void> {}

  async check(mutants: Mutant[]): Promise<Record<string, CheckResult>> {
    return Object.fromEntries(mutants.map((mutant) => [mutant.id, this.isChosen(mutant) ? PASSED : LEFT_OUT]));
  }

  private isChosen({ fileName, location, mutatorName, replacement }: Mutant): boolean {
    const name = JSON.stringify([this.seed, relative('.', fileName), location, mutatorName, replacement]);
    return createHash('sha256').update(name).digest().readUInt32BE() < this.share * 2 ** 32;
  }
}

const PASSED: CheckResult = { status: CheckStatus.Passed };
const LEFT_OUT: CheckResult = { status: CheckStatus.CompileError, reason: 'not in the sample' };

export const strykerPlugins = [declareClassPlugin(PluginKind.Checker, 'sample', SampleChecker)];
