import { describe, expect, it } from '@jest/globals';
import { answeredAt, firstWordsSeconds } from '../../domain/first-words.ts';
import { status } from '../support/world.ts';

const at = (seconds: number): string => new Date(Date.UTC(2026, 10, 23, 15, 0, seconds)).toISOString();
const turns = [
  { role: 'business', at_seconds: 0 },
  { role: 'agent', at_seconds: 1.5 },
  { role: 'agent', at_seconds: 8 },
];

describe('the first words of a call that the provider carries', () => {
  it('come with the agent’s first turn, counted from the answer', () => {
    expect(firstWordsSeconds(at(10), { started_at: at(11), turns })).toBe(2.5);
  });

  it('come at once where a clock of whole seconds has them before the answer', () => {
    expect(firstWordsSeconds(at(13), { started_at: at(11), turns })).toBe(0);
  });

  it.each([
    ['an answer', undefined, { started_at: at(11), turns }],
    ['a beginning', at(10), { turns }],
    ['a turn of the agent', at(10), { started_at: at(11), turns: turns.slice(0, 1) }],
    ['clocks that agree', at(10), { started_at: at(600), turns }],
  ])('are unknown without %s', (_, answered, talk) => {
    expect(firstWordsSeconds(answered, talk)).toBeUndefined();
  });

  it('count from the answer, not from a later verdict about it', () => {
    const evidence = [
      status(1, 'ringing', { at: at(1) }),
      status(1, 'in-progress', { at: at(10) }),
      status(1, 'in-progress', { at: at(14), answered_by: 'human' }),
      status(1, 'completed', { at: at(40) }),
    ];
    expect(answeredAt(evidence)).toBe(at(10));
    expect(answeredAt(evidence.slice(0, 1))).toBeUndefined();
  });
});
