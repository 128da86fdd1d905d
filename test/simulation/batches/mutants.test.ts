import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { breaks } from './campaign.ts';
import { generate } from './generate.ts';
import { type Memory, openMemory } from './memory.ts';
import { MUTANTS } from './mutants.ts';
import type { Schedule } from './schedule.ts';
import { shrink } from './shrink.ts';

/** A check that cannot fail shows nothing: each of these bugs must be caught within so many seeds. */
const SEEDS = 30;
/** A world that goes on without end is cut off here; a sound one is over before, or does not count. */
const LONGEST_MS = 3 * 3_600_000;

let memory: Memory;
beforeAll(async () => {
  memory = await openMemory();
});
afterAll(() => memory.close());

describe('the checks of batches', () => {
  it.each(MUTANTS)(
    'catch: $name',
    async ({ mutation, falls, from }) => {
      const isCaught = breaks(falls, memory, mutation, LONGEST_MS);
      const isWrong = breaks(falls, memory, {}, LONGEST_MS);
      let seed = from;
      const shows = async (schedule: Schedule) => (await isCaught(schedule)) && !(await isWrong(schedule));
      while (seed < from + SEEDS && !(await shows(generate(seed)))) seed += 1;
      expect(seed).toBeLessThan(from + SEEDS);
    },
    120_000,
  );

  it('shrink a failing schedule to what makes it fail', async () => {
    const { mutation, falls, from } = MUTANTS.find(({ name }) => name.startsWith('providers'))!;
    const fails = breaks(falls, memory, mutation);
    let seed = from;
    while (!(await fails(generate(seed)))) seed += 1;
    const small = await shrink(generate(seed), fails);
    expect(await fails(small)).toBe(true);
    expect(small.batches[0]!.rows.length).toBeLessThanOrEqual(2);
    expect([...small.fates, ...small.blows, ...small.database_away, ...small.engine_away]).toEqual([]);
    expect(small.calls_at_once).toBeDefined();
  }, 120_000);
});
