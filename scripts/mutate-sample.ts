/**
 * `npm run mutate:sample`: the mutation score of a sample, with its bounds. Each mutant of `domain/` has the same chance; the seed decides.
 *
 *   npm run mutate:sample -- [--percent N] [--seed N] [--concurrency N] [--mutate GLOBS]
 */
import { parseArgs } from 'node:util';
import { Stryker } from '@stryker-mutator/core';
import { SAMPLE } from './mutate/sample.ts';

/** Stryker reads no TypeScript: its settings are a script, without types. */
const { default: config } = (await import(new URL('../stryker.config.js', import.meta.url).href)) as {
  default: { plugins: string[]; concurrency: number };
};

const { values } = parseArgs({
  options: {
    percent: { type: 'string', default: '5' },
    seed: { type: 'string', default: '1' },
    concurrency: { type: 'string', default: String(config.concurrency) },
    mutate: { type: 'string' },
  },
});
const [percent, concurrency] = [Number(values.percent), Number(values.concurrency)];
if (!(percent > 0 && percent <= 100)) throw new Error('--percent is above 0, and at most 100');
if (!(Number.isInteger(concurrency) && concurrency >= 1)) throw new Error('--concurrency is a whole number from 1');

process.env[SAMPLE] = `${values.seed} ${percent / 100}`;
const results = await new Stryker({
  plugins: [...config.plugins, './scripts/mutate/sample.ts'],
  checkers: ['sample'],
  incremental: false,
  concurrency,
  ...(values.mutate === undefined ? {} : { mutate: values.mutate.split(',') }),
}).runMutationTest();

const count = (...statuses: string[]) => results.filter(({ status }) => statuses.includes(status)).length;
const died = count('Killed', 'Timeout');
const tried = died + count('Survived', 'NoCoverage');
const all = tried + count('CompileError');
const [low, high] = bounds(died, tried, all);
const said = (part: number) => `${(100 * part).toFixed(1)} %`;
console.log(
  `${died} of ${tried} mutants died: ${said(died / tried)}. With 95 % certainty it is ${said(low)} to ${said(high)} ` +
    `of all ${all} (${count('Ignored')} at the top of modules are left out). Seed ${values.seed}.`,
);

/** Wilson's interval; as the sample is drawn from few, it is narrower by the share that was drawn. */
function bounds(hits: number, of: number, all: number): [number, number] {
  const z2 = 1.96 ** 2 * (all > 1 ? (all - of) / (all - 1) : 1);
  const part = hits / of;
  const middle = (part + z2 / (2 * of)) / (1 + z2 / of);
  const half = Math.sqrt((part * (1 - part) * z2) / of + (z2 / (2 * of)) ** 2) / (1 + z2 / of);
  return [middle - half, middle + half];
}
