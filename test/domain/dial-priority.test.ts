import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { dialPriority } from '../../domain/dial-priority.ts';

it('a key that holds more numbers never goes before one that holds fewer', () => {
  const held = fc.integer({ min: 0, max: 20_000 });
  fc.assert(fc.property(held, held, (a, b) => a > b || dialPriority(a) <= dialPriority(b)));
  expect([1, 5, 17, 65, 257].map(dialPriority)).toEqual([1, 2, 3, 4, 5]);
  expect(dialPriority(undefined)).toBe(3);
});
