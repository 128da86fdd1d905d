import { describe, expect, it } from '@jest/globals';
import { asSpoken, spansOf } from '../../console/booking/spoken.ts';

const RATE = 8_000;

/** Silence with a little noise, and speech in the given stretches (seconds). */
function sound(seconds: number, ...speech: [number, number][]): Float32Array {
  const samples = Float32Array.from({ length: seconds * RATE }, (_, i) => (i % 2 === 0 ? 0.004 : -0.004));
  for (const [from, to] of speech) {
    for (let i = from * RATE; i < to * RATE; i++) samples[i] = 0.4 * Math.sin(i / 5);
  }
  return samples;
}

const turn = (role: 'agent' | 'business', at_seconds: number) => ({ role, at_seconds, message: role });
const places = (turns: { at_seconds: number }[]) => turns.map(({ at_seconds }) => Math.round(at_seconds * 10) / 10);

describe('the places of turns in a recording with both sides apart', () => {
  it('finds when a side speaks: pauses belong to it, clicks and noise do not', () => {
    const spans = spansOf(sound(12, [2, 3], [3.4, 5], [7, 7.04], [9, 10]), RATE);
    expect(spans.map(({ from, to }) => [from, to].map((one) => Math.round(one * 10) / 10))).toEqual([
      [2, 5],
      [9, 10],
    ]);
    expect(spansOf(new Float32Array(RATE), RATE)).toEqual([]);
  });

  it('moves what the business says from where it was understood to where it was said', () => {
    // As measured: it speaks from 5.4 and 12.6, and is written down at 9.2 and 14.7.
    const business = spansOf(sound(17, [5.4, 8.8], [12.6, 14.2]), RATE);
    const turns = [
      turn('agent', 0),
      turn('business', 9.2),
      turn('agent', 9.5),
      turn('business', 14.7),
      turn('agent', 15.1),
    ];
    expect(places(asSpoken(turns, business))).toEqual([0, 5.4, 9.5, 12.6, 15.1]);
  });

  it('leaves a turn where it is when its side is not heard before it, and keeps the order when both speak at once', () => {
    const turns = [turn('agent', 4), turn('business', 9), turn('business', 9.5)];
    expect(places(asSpoken(turns, []))).toEqual([4, 9, 9.5]);
    expect(places(asSpoken(turns, [{ from: 2, to: 8 }]))).toEqual([4, 4, 9.5]);
  });
});
