import { describe, expect, it } from '@jest/globals';
import { isBeingBlocked, LAST_CALLS } from '../../domain/rejected-share.ts';

/** Calls, the newest first: so many rejected ones, then so many others. */
const calls = (rejected: number, others: number): boolean[] => [
  ...Array<boolean>(rejected).fill(true),
  ...Array<boolean>(others).fill(false),
];

describe('a number from which we call', () => {
  it.each([
    ['nothing', 0, 0, false],
    ['nine rejected calls: too few to say', 9, 0, false],
    ['ten rejected calls', 10, 0, true],
    ['one in ten', 1, 9, false],
    ['two in ten', 2, 8, true],
    ['nine in fifty', 9, 41, false],
    ['ten in fifty', 10, 40, true],
  ])('%s', (_, rejected, others, blocked) => {
    expect(isBeingBlocked(calls(rejected, others))).toBe(blocked);
  });

  it('is judged by its last calls alone', () => {
    expect(isBeingBlocked([...calls(0, LAST_CALLS), ...calls(500, 0)])).toBe(false);
    expect(isBeingBlocked([...calls(10, LAST_CALLS - 10), ...calls(0, 5_000)])).toBe(true);
  });
});
