import { campaign } from './campaign.ts';
import { generate } from './generate.ts';
import { openMemory } from './memory.ts';
import { coverageLines, failureLines, worldLines } from './report.ts';

/** A long run that missed a disaster has shown nothing about it. */
const LONG_RUN = 5_000;
const SHOWN_FAILURES = 3;

const say = (lines: readonly string[]): void => console.log(lines.join('\n'));

/** Many worlds of batches. Returns the exit code. */
export async function runBatches(from: number, seeds: number): Promise<number> {
  const memory = await openMemory();
  const started = performance.now();
  const { coverage, failures } = await campaign(from, seeds, memory, (done, found) => {
    if (done % 1_000 === 0) console.error(`  ${done} of ${seeds}, ${found.length} violations`);
  });
  say(coverageLines(coverage, (performance.now() - started) / 1000));
  say([
    `  violations: ${failures.length}`,
    ...failures.map(({ seed, guarantee, why }) => `  seed ${seed} ${guarantee}: ${why}`),
  ]);
  for (const failure of failures.slice(0, SHOWN_FAILURES)) say(await failureLines(failure, memory));
  const missing = seeds < LONG_RUN ? [] : coverage.missing();
  if (missing.length > 0) say(['NEVER REACHED, so nothing is shown about it:', ...missing.map((what) => `  ${what}`)]);
  await memory.close();
  return failures.length + missing.length > 0 ? 1 : 0;
}

/** One world, told in lines. Returns the exit code. */
export async function tellBatch(seed: number): Promise<number> {
  const memory = await openMemory();
  const lines = await worldLines(generate(seed), memory);
  say(lines);
  await memory.close();
  return lines.some((line) => line.includes('BREAKS')) ? 1 : 0;
}
