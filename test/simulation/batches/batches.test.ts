import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { campaign } from './campaign.ts';
import { generate } from './generate.ts';
import { type Memory, openMemory } from './memory.ts';
import { play } from './play.ts';
import { failureLines } from './report.ts';

const SEEDS = 100;

let memory: Memory;
beforeAll(async () => {
  memory = await openMemory();
});
afterAll(() => memory.close());

describe('batches under ordered disasters', () => {
  it(`keep every guarantee for ${SEEDS} seeds`, async () => {
    const { coverage, failures } = await campaign(1, SEEDS, memory);
    const told = await Promise.all(failures.slice(0, 1).map((failure) => failureLines(failure, memory)));
    expect(told.flat().join('\n')).toBe('');
    expect(coverage.calls).toBeGreaterThan(SEEDS);
  }, 120_000);

  it('plays a seed the same way each time', async () => {
    for (const seed of [3, 77, 390]) {
      const stories = [];
      for (const _ of [1, 2]) stories.push((await play(generate(seed), memory)).world.truth.story);
      expect(stories[0]).toEqual(stories[1]);
    }
  }, 60_000);
});
