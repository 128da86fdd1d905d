import { describe, expect, it } from '@jest/globals';
import { converter } from '../../bridge/codec/convert.ts';
import { audioFormat } from '../../domain/audio-format.ts';
import { decibels, pcmBytes, pcmSamples, purityAt, sine } from './support/tone.ts';

const RATES = [16_000, 22_050, 24_000, 44_100, 48_000];
const AMPLITUDE = 20_000;
const FULL = decibels(sine(1000, 8000, 8000, AMPLITUDE));
/** What the filter was made for is 58 dB; the project asks for 50. */
const REJECTION_DB = 55;

const resample = (samples: Int16Array, from: number, to: number): number[] =>
  pcmSamples(converter(audioFormat(`pcm_${from}`)!, audioFormat(`pcm_${to}`)!)!.convert(pcmBytes(samples)));

/** Half a second of what comes out, past the filter's first breath. */
const through = (hz: number, from: number, to: number): number[] =>
  resample(sine(hz, from, from * 0.6, AMPLITUDE), from, to).slice(to / 20, (to * 11) / 20);

const steps = (first: number, last: number, step: number): number[] =>
  Array.from({ length: Math.floor((last - first) / step) + 1 }, (_, i) => first + i * step);

describe('the resampler', () => {
  it.each(RATES)('from %i Hz to 8 kHz rejects by at least 50 dB what would fold back', (rate) => {
    for (const hz of [4050, 4300, 5000, 6100, 7000, 7900, 9500, 11_900, 15_100, 20_500]) {
      if (hz < rate / 2) expect(decibels(through(hz, rate, 8000)) - FULL).toBeLessThan(-50);
    }
  });

  it.each(RATES)('from %i Hz to 8 kHz lets through no tone from 4 kHz on, wherever it is', (rate) => {
    for (const hz of steps(4000, rate / 2 - 1, 270)) {
      const level = decibels(through(hz, rate, 8000)) - FULL;
      if (level > -REJECTION_DB) expect({ hz, level }).toEqual({ hz, level: `below -${REJECTION_DB} dB` });
    }
  });

  it.each(RATES)('from 8 kHz to %i Hz adds no image above -50 dB', (rate) => {
    for (const hz of [350, 1000, 3000]) {
      const out = through(hz, 8000, rate);
      expect(1 - purityAt(hz, out, rate)).toBeLessThan(1e-5);
      for (const image of [8000 - hz, 8000 + hz, 16_000 - hz]) {
        if (image < rate / 2) expect(10 * Math.log10(purityAt(image, out, rate) + 1e-12)).toBeLessThan(-50);
      }
    }
  });

  it.each(RATES)('from 8 kHz to %i Hz adds nothing to a tone, wherever it is below 4 kHz', (rate) => {
    for (const hz of steps(150, 3950, 200)) {
      const out = through(hz, 8000, rate);
      const rest = decibels(out) + 10 * Math.log10(Math.max(1e-12, 1 - purityAt(hz, out, rate))) - FULL;
      if (rest > -REJECTION_DB) expect({ hz, rest }).toEqual({ hz, rest: `below -${REJECTION_DB} dB` });
    }
  });

  it.each(RATES)('leaves the voice band as it is, both ways, at %i Hz', (rate) => {
    for (const hz of [...steps(100, 3300, 200), 3400]) {
      expect(Math.abs(decibels(through(hz, rate, 8000)) - FULL)).toBeLessThan(0.5);
      expect(Math.abs(decibels(through(hz, 8000, rate)) - FULL)).toBeLessThan(0.5);
    }
  });

  it('makes exactly 20 ms out of 20 ms', () => {
    for (const rate of RATES) {
      const narrow = audioFormat('pcm_8000')!;
      const wide = audioFormat(`pcm_${rate}`)!;
      const up = converter(narrow, wide)!;
      const down = converter(wide, narrow)!;
      for (let i = 0; i < 50; i++) {
        expect(up.convert(Buffer.alloc(320))).toHaveLength(rate / 25);
        expect(down.convert(Buffer.alloc(rate / 25))).toHaveLength(320);
      }
    }
  });

  it('does not click between full scale and full scale', () => {
    const square = Int16Array.from({ length: 8000 }, (_, i) => (Math.floor(i / 20) % 2 ? 32_767 : -32_768));
    const out = resample(square, 8000, 16_000);
    // A wrapped sample would jump by nearly 65,536 from one to the next and back.
    for (let i = 2; i < out.length; i++) {
      expect(Math.abs(out[i]! - 2 * out[i - 1]! + out[i - 2]!)).toBeLessThan(65_000);
    }
  });

  it.each(RATES)('stays at full scale, both ways, at %i Hz', (rate) => {
    for (const [from, to] of [[8000, rate] as const, [rate, 8000] as const]) {
      for (const level of [32_767, -32_768]) {
        // Rows of coefficients add up to 1 within a thousandth.
        const out = resample(new Int16Array(from / 2).fill(level), from, to).slice(to / 8);
        for (const sample of out) if (Math.abs(sample - level) > 40) expect(sample).toBe(level);
      }
    }
  });
});
