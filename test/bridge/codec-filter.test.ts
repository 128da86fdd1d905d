import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { converter } from '../../bridge/codec/convert.ts';
import { type Polyphase, polyphase, UNIT } from '../../bridge/codec/polyphase.ts';
import { audioFormat } from '../../domain/audio-format.ts';
import { pcmBytes, pcmSamples } from './support/tone.ts';

const RATES = [8000, 16_000, 22_050, 24_000, 44_100, 48_000];
const pairs = RATES.flatMap((from) => RATES.filter((to) => to !== from).map((to) => [from, to] as const));

const filtered = (samples: Int16Array, from: number, to: number): number[] =>
  pcmSamples(converter(audioFormat(`pcm_${from}`)!, audioFormat(`pcm_${to}`)!)!.convert(pcmBytes(samples)));

/** The same sums in plain arithmetic, one multiplication after the other. */
function reference(samples: Int16Array, { up, down, taps, bank }: Polyphase): number[] {
  const out: number[] = [];
  for (let position = 0; position < samples.length * up; position += down) {
    const newest = Math.floor(position / up);
    const row = (position % up) * taps;
    let sum = UNIT / 2;
    for (let k = 0; k < taps; k++) sum += bank[row + k]! * (samples[newest - taps + 1 + k] ?? 0);
    out.push(Math.max(-32_768, Math.min(32_767, Math.floor(sum / UNIT))));
  }
  return out;
}

describe('the filter in WebAssembly', () => {
  it('computes what plain arithmetic does, bit for bit', () => {
    const samples = fc.int16Array({ minLength: 1, maxLength: 3000 });
    fc.assert(
      fc.property(fc.constantFrom(...pairs), samples, ([from, to], samples) => {
        expect(filtered(samples, from, to)).toEqual(reference(samples, polyphase(from, to)));
      }),
      { numRuns: 100 },
    );
  });

  it.each(pairs)('from %i to %i Hz holds the worst input at full scale', (from, to) => {
    // Full scale with the sign of the coefficient that it meets: no input has a larger sum.
    const design = polyphase(from, to);
    const { taps, bank, up } = design;
    for (const row of [0, Math.floor(up / 2), up - 1]) {
      for (const sign of [1, -1]) {
        const worst = Int16Array.from({ length: taps }, (_, k) =>
          sign * bank[row * taps + k]! < 0 ? -32_768 : 32_767,
        );
        // In front of it as many samples as bring this row to its end, where one input has several rows.
        for (let shift = 0; shift < design.down; shift += Math.max(1, design.down >> 3)) {
          const samples = Int16Array.of(...new Array<number>(shift).fill(0), ...worst);
          expect(filtered(samples, from, to)).toEqual(reference(samples, design));
        }
      }
    }
  });

  it.each(pairs)('from %i to %i Hz has room in 32 bits for the worst input', (from, to) => {
    const { taps, bank, up } = polyphase(from, to);
    for (let row = 0; row < up; row++) {
      const most = bank.subarray(row * taps, (row + 1) * taps).reduce((sum, tap) => sum + Math.abs(tap), 0);
      expect(most * 32_768 + UNIT / 2).toBeLessThan(2 ** 31);
    }
  });
});
