import { describe, expect, it } from '@jest/globals';
import { playCore } from './core.ts';
import { generate } from './generate.ts';
import { violations } from './guarantees.ts';
import { MUTANTS } from './mutants.ts';
import { shrink } from './shrink.ts';

/** A check that cannot fail shows nothing: each of these bugs must be caught within so many seeds. */
const SEEDS = 1_000;

describe('the checks themselves', () => {
  it.each(MUTANTS)('catch: $name', ({ core, falls, seen = 1 }) => {
    const caught = (seed: number) =>
      violations(playCore(generate(seed), core)).find((one) => falls.includes(one.guarantee));
    let seed = caught(seen) ? seen : 1;
    while (seed <= SEEDS && !caught(seed)) seed += 1;
    expect(seed).toBeLessThanOrEqual(SEEDS);
  });

  it('shrink a failing schedule to what makes it fail', async () => {
    const { core, falls } = MUTANTS[0]!;
    const fails = (schedule: ReturnType<typeof generate>) =>
      violations(playCore(schedule, core)).some((one) => falls.includes(one.guarantee));
    let seed = 1;
    // A store that was set back has it dialed again as well.
    while (!fails(generate(seed)) || generate(seed).resets.length > 0) seed += 1;
    const small = await shrink(generate(seed), fails);
    expect(fails(small)).toBe(true);
    expect(small.dials.length).toBeLessThanOrEqual(2);
    expect(small.dials[0]!.fault).toMatch(/_acted$/);
    expect(small.standstills).toEqual([]);
  });
});
