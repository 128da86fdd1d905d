import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Clock } from '../../bridge/clock.ts';
import { pace } from '../../bridge/pacer.ts';

/** A clock that the test moves; its timers fire whenever the test says so. */
function handClock(): Clock & { tick(ms: number): void } {
  let now = 5000;
  const timers = new Set<() => void>();
  return {
    now: () => now,
    date: () => new Date(0),
    after: () => () => {},
    every: (_, run) => {
      timers.add(run);
      return () => timers.delete(run);
    },
    tick(ms) {
      now += ms;
      for (const run of timers) run();
    },
  };
}

describe('the pacer', () => {
  it('makes a frame for every 20 ms that passed, however its timer fires', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 900 })), (ticks) => {
        const clock = handClock();
        let frames = 0;
        pace(clock, () => frames++);
        let passed = 0;
        for (const ms of ticks) {
          clock.tick(ms);
          passed += ms;
          expect(frames).toBe(Math.floor(passed / 20));
        }
      }),
    );
  });

  it('does not make up for a long sleep', () => {
    const clock = handClock();
    let frames = 0;
    pace(clock, () => frames++);
    clock.tick(60_000);
    expect(frames).toBe(50);
    clock.tick(20);
    expect(frames).toBe(51);
  });

  it('makes no frame after it was stopped, also from within a frame', () => {
    const clock = handClock();
    let frames = 0;
    const stop = pace(clock, () => {
      if (++frames === 3) stop();
    });
    clock.tick(200);
    clock.tick(200);
    expect(frames).toBe(3);
  });
});
