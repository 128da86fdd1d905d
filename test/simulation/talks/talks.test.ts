import { describe, expect, it } from '@jest/globals';
import { findingOf, judgeOn } from '../../../domain/judge.ts';
import { confirmedShare, talkCampaign } from './campaign.ts';
import { type Played, play, playOn } from './check.ts';
import { generateTalk, KINDS } from './generate.ts';
import { MUTANTS } from './mutants.ts';
import { failureLines } from './report.ts';
import { shrink } from './shrink.ts';

const TALKS = 600;
/** What is reached, and held; the aim is 0.9. */
const LEAST_SHARE = 0.9;
/** Each doubt must keep at least one of so many talks from a false confirmation. */
const MUTANT_TALKS = 2_000;

const explained = (failures: readonly Played[]): string => failures.slice(0, 1).flatMap(failureLines).join('\n');

describe('the adversary’s talks', () => {
  it(`are never confirmed wrongly, and mostly where they are given: ${TALKS} of them`, () => {
    const campaign = talkCampaign(1, TALKS);
    expect(explained(campaign.failures)).toBe('');
    expect(confirmedShare(campaign)).toBeGreaterThanOrEqual(LEAST_SHARE);
  }, 60_000);

  it('are the same for the same seed', () => {
    for (const seed of [1, 2, 77, 1_234]) expect(generateTalk(seed)).toEqual(generateTalk(seed));
    expect(generateTalk(77, generateTalk(77).kind)).toEqual(generateTalk(77));
  });

  it('are of every kind in both languages', () => {
    const met = new Set<string>();
    for (let seed = 1; seed <= 4 * TALKS; seed++) {
      const { kind, language } = generateTalk(seed);
      met.add(`${kind} ${language}`);
    }
    const all = Object.keys(KINDS).flatMap((kind) => [`${kind} es`, `${kind} en`]);
    expect(all.filter((one) => !met.has(one))).toEqual([]);
  });
});

describe('the adversary', () => {
  /** Those that the product itself judges rightly. */
  const read = Array.from({ length: MUTANT_TALKS }, (_, at) => generateTalk(at + 1))
    .map((talk) => ({ talk, finding: findingOf(talk.talk) }))
    .filter(({ talk, finding }) => playOn(talk, finding).failure === undefined);

  it.each(MUTANTS)('catches a product without the doubt $without', ({ judge }) => {
    const caught = read.filter(({ talk, finding }) => playOn(talk, finding, judge).failure === 'wrongly');
    expect(caught.length).toBeGreaterThan(0);
  });

  it('shrinks a talk that is judged wrongly to the turns that make it so', () => {
    const gullible = (talk: (typeof read)[number]['talk']['talk']) => judgeOn(talk, undefined);
    const failed = play(generateTalk(1, 'retracted'), gullible);
    expect(failed.failure).toBe('wrongly');
    const small = shrink(failed, gullible);
    expect(small.failure).toBe('wrongly');
    expect(small.talk.turns.length).toBeLessThan(failed.talk.turns.length);
    expect(small.talk.turns.every(({ decisive }) => decisive)).toBe(true);
  });
});
