/**
 * `npm run mutate:sample`: the mutation score of a sample. All of `domain/` takes hours; so many runs of lines, chosen by a seed from all
 * its lines alike, take minutes and estimate the whole.
 *
 *   npm run mutate:sample -- [--runs N] [--lines N] [--seed N]
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

/** Stryker reads no TypeScript: its settings are a script, without types. */
const { default: config } = (await import(new URL('../stryker.config.js', import.meta.url).href)) as {
  default: { mutate: string[] };
};

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '60' },
    lines: { type: 'string', default: '20' },
    seed: { type: 'string', default: '1' },
  },
});
const [runs, lines] = [Number(values.runs), Number(values.lines)];
if (!(runs >= 1 && lines >= 1)) throw new Error('--runs and --lines are whole numbers from 1');

const wanted = config.mutate.filter((glob) => !glob.startsWith('!'));
const without = config.mutate.filter((glob) => glob.startsWith('!')).map((glob) => glob.slice(1));
const files = globSync(wanted, { exclude: without }).toSorted();

/** All runs of lines of all files; the seed decides their order. */
const order = (range: string): string => createHash('sha256').update(`${values.seed} ${range}`).digest('hex');
const ranges = files.flatMap((file) => {
  const length = readFileSync(file, 'utf8').split('\n').length;
  return Array.from(
    { length: Math.ceil(length / lines) },
    (_, i) => `${file}:${i * lines + 1}-${Math.min((i + 1) * lines, length)}`,
  );
});
const chosen = ranges.toSorted((a, b) => order(a).localeCompare(order(b))).slice(0, runs);
console.log(`${chosen.length} of ${ranges.length} runs of ${lines} lines, in ${files.length} files`);

const stryker = join('node_modules', '@stryker-mutator', 'core', 'bin', 'stryker.js');
const child = spawn(process.execPath, [stryker, 'run', '--mutate', chosen.join(','), '--force'], {
  stdio: 'inherit',
});
child.once('exit', (code) => {
  process.exitCode = code ?? 1;
});
