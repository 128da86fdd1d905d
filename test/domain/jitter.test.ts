import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { jitter } from '../../domain/jitter.ts';

describe('the wait of one booking among many', () => {
  it('is from half of the time to all of it, and always the same', () => {
    fc.assert(
      fc.property(fc.string(), (words) => {
        const fraction = jitter(words);
        expect(fraction).toBeGreaterThanOrEqual(0.5);
        expect(fraction).toBeLessThanOrEqual(1);
        expect(jitter(words)).toBe(fraction);
      }),
    );
  });

  it('spreads bookings that began together over the whole time, at each of their tries', () => {
    for (let tries = 0; tries < 6; tries++) {
      const tenths = Array.from({ length: 1_000 }, (_, n) =>
        Math.floor((jitter(`bk_${n.toString(36).padStart(24, 'a')} ${tries}`) - 0.5) * 20),
      );
      for (let tenth = 0; tenth < 10; tenth++) {
        const share = tenths.filter((one) => one === tenth).length;
        expect(share).toBeGreaterThan(50);
        expect(share).toBeLessThan(170);
      }
    }
  });
});
