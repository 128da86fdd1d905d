import { violationsOf } from './check.ts';
import { DISASTERS } from './disasters.ts';
import { generate } from './generate.ts';
import { failureLines, storyOf } from './report.ts';
import { openStore } from './store.ts';
import { playShortlist } from './world.ts';

/** A long run that missed a disaster has shown nothing about it. */
const LONG_RUN = 20_000;
const SHOWN = 3;

/** Many seeds, with their figures. Returns the exit code. */
export async function runShortlists(from: number, seeds: number): Promise<number> {
  const store = await openStore();
  const counts = new Map<string, number>();
  const add = (what: string, by = 1): void => void counts.set(what, (counts.get(what) ?? 0) + by);
  const failures: { seed: number; guarantee: string; why: string }[] = [];
  const started = performance.now();
  for (let seed = from; seed < from + seeds; seed++) {
    const played = await playShortlist(generate(seed), store);
    for (const [what, count] of played.injected) add(what, count);
    add(`shortlist ${played.stored?.progress.outcome?.result ?? played.stored?.progress.status}`);
    for (const violation of violationsOf(played)) {
      failures.push({ seed, ...violation });
      console.error(`  seed ${seed} breaks ${violation.guarantee}: ${violation.why}`);
    }
    if ((seed - from + 1) % 1_000 === 0)
      console.error(`  ${seed - from + 1} of ${seeds}, ${failures.length} violations`);
  }
  const seconds = (performance.now() - started) / 1_000;
  console.log(`shortlists: ${seeds} seeds in ${seconds.toFixed(1)} s (${(seeds / seconds).toFixed(0)} a second)`);
  for (const [what, count] of [...counts].sort((a, b) => b[1] - a[1]))
    console.log(`  ${String(count).padStart(9)}  ${what}`);
  console.log(`  violations: ${failures.length}`);
  for (const { seed, guarantee, why } of failures) console.log(`  seed ${seed} breaks ${guarantee}: ${why}`);
  for (const { seed, guarantee } of failures.slice(0, SHOWN))
    for (const line of await failureLines(generate(seed), guarantee, store)) console.log(line);
  const missing = seeds < LONG_RUN ? [] : DISASTERS.filter((what) => !counts.has(what));
  if (missing.length > 0) console.log(`NEVER REACHED, so nothing is shown about it: ${missing.join(', ')}`);
  await store.close();
  return failures.length + missing.length > 0 ? 1 : 0;
}

/** One seed, in lines. Returns the exit code. */
export async function tellShortlist(seed: number): Promise<number> {
  const store = await openStore();
  const played = await playShortlist(generate(seed), store);
  console.log(storyOf(played).join('\n'));
  const found = violationsOf(played);
  for (const { guarantee, why } of found) console.log(`BREAKS ${guarantee}: ${why}`);
  if (found.length === 0) console.log('no guarantee is broken');
  await store.close();
  return found.length > 0 ? 1 : 0;
}
