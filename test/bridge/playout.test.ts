import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Playout } from '../../bridge/playout.ts';

const SECOND = 8000;

function playout() {
  let now = 0;
  const one = new Playout({ now: () => now, date: () => new Date(0), after: () => () => {}, every: () => () => {} });
  return {
    playout: one,
    pass: (ms: number) => {
      now += ms;
    },
  };
}

describe('what was really heard', () => {
  it('is what a real-time player has played by now', () => {
    const { playout: one, pass } = playout();
    one.add(2 * SECOND, 1);
    pass(500);
    expect(one.left).toBe(1_500);
    expect(one.clear()).toBe(0.25);
    expect(one.left).toBe(0);
  });

  it('counts from the utterance’s own beginning, not from what was said before it', () => {
    const { playout: one, pass } = playout();
    one.add(SECOND, 1);
    one.add(SECOND, 2);
    pass(1_400);
    expect(one.clear()).toBeCloseTo(0.4);
  });

  it('is set right by marks: a player that lags has played less', () => {
    const { playout: one, pass } = playout();
    one.add(SECOND, 1);
    const mark = one.dueMark()!;
    one.add(SECOND, 1);
    pass(1_600);
    one.mark(mark); // The first second is over only now.
    expect(one.left).toBe(1_000);
    expect(one.clear()).toBe(0.5);
  });

  it('learns nothing from marks that a clear sent back', () => {
    const { playout: one, pass } = playout();
    one.add(2 * SECOND, 1);
    const cleared = one.dueMark()!;
    one.clear();
    one.add(3 * SECOND, 2);
    one.mark(cleared);
    pass(1_000);
    expect(one.left).toBe(2_000);
  });

  it('asks for a mark a second, and ignores names that are not its own', () => {
    const { playout: one } = playout();
    one.add(SECOND / 2, 1);
    expect(one.dueMark()).toBeUndefined();
    one.add(SECOND / 2, 1);
    expect(one.dueMark()).toBe('heard.0.1000');
    expect(one.dueMark()).toBeUndefined();
    for (const name of ['', 'goodbye', 'heard.0', 'heard.x.1']) one.mark(name);
    expect(one.left).toBe(1_000);
  });

  it('is always a part between nothing and all', () => {
    const step = fc.oneof(
      fc.record({ does: fc.constant('add'), n: fc.integer({ min: 1, max: 30_000 }), id: fc.nat(3) }),
      fc.record({ does: fc.constant('pass'), n: fc.nat(4_000), id: fc.constant(0) }),
      fc.record({ does: fc.constantFrom('clear', 'mark', 'old mark'), n: fc.nat(), id: fc.constant(0) }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        const { playout: one, pass } = playout();
        const marks: string[] = [];
        for (const { does, n, id } of steps) {
          if (does === 'add') one.add(n, id);
          else if (does === 'pass') pass(n);
          else if (does === 'clear') {
            const heard = one.clear();
            expect(heard ?? 0).toBeGreaterThanOrEqual(0);
            expect(heard ?? 0).toBeLessThan(1);
          } else if (marks.length > 0) one.mark(does === 'mark' ? marks.shift()! : marks[0]!);
          const mark = one.dueMark();
          if (mark) marks.push(mark);
          expect(one.left).toBeGreaterThanOrEqual(0);
        }
      }),
    );
  });
});
