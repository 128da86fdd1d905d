import { describe, expect, it } from '@jest/globals';
import { playCore } from './core.ts';
import { generate } from './generate.ts';
import { violations } from './guarantees.ts';

const SEEDS = 3_000;

describe('the core under ordered disasters', () => {
  it(`keeps every guarantee for ${SEEDS} seeds`, () => {
    const found: string[] = [];
    for (let seed = 1; seed <= SEEDS; seed++) {
      for (const { guarantee, why } of violations(playCore(generate(seed))))
        found.push(`seed ${seed}: ${guarantee}: ${why}`);
    }
    expect(found).toEqual([]);
  }, 60_000);

  it('plays a seed the same way each time', () => {
    for (const seed of [3, 77, 1_234]) {
      expect(playCore(generate(seed)).world.story).toEqual(playCore(generate(seed)).world.story);
    }
  });
});
