import { describe, expect, it } from '@jest/globals';
import { ASSUMPTIONS } from './assumptions.ts';
import { breach, campaign, type Failure } from './campaign.ts';
import { playCore } from './core.ts';
import { generate } from './generate.ts';
import { failureLines } from './report.ts';

const SEEDS = 2_000;
const BROKEN_SEEDS = 60;

/** A failure that explains itself: shrunk, with its story. */
const explained = async ([first]: readonly Failure[]): Promise<string> =>
  first ? (await failureLines(first)).join('\n') : '';

describe('the core under ordered disasters', () => {
  it(`keeps every guarantee for ${SEEDS} seeds`, async () => {
    const { coverage, failures, falseAlarms, falseAudits } = campaign(1, SEEDS);
    expect(await explained(failures)).toBe('');
    expect(falseAlarms).toEqual([]);
    expect(falseAudits).toEqual([]);
    expect([...coverage.rows].filter(([, count]) => count === 0)).toEqual([]);
  }, 120_000);

  it('plays a seed the same way each time', () => {
    for (const seed of [3, 77, 1_234]) {
      expect(playCore(generate(seed)).world.story).toEqual(playCore(generate(seed)).world.story);
    }
  });

  it.each(ASSUMPTIONS)(
    'contains what follows when it does not hold that: $sentence',
    async (assumption) => {
      const found = breach(assumption, 1, BROKEN_SEEDS);
      expect(found.breached).toBeGreaterThan(0);
      expect(await explained(found.failures)).toBe('');
    },
    60_000,
  );
});
