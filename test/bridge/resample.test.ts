import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { converter } from '../../bridge/codec/convert.ts';
import { audioFormat, PHONE } from '../../bridge/codec/format.ts';
import { Resampler } from '../../bridge/codec/resample.ts';
import { decibels, pcmBytes, pcmSamples, purityAt, sine } from './support/tone.ts';

const RATES = [16_000, 22_050, 24_000, 44_100, 48_000];
const AMPLITUDE = 20_000;
const FULL = decibels(sine(1000, 8000, 8000, AMPLITUDE));

/** The middle of what comes out, past the filter's first and last breath. */
const through = (hz: number, from: number, to: number): number[] => {
  const out = new Resampler(from, to).process(sine(hz, from, from, AMPLITUDE));
  return Array.from(out.subarray(to / 4, (to * 3) / 4));
};

describe('the resampler', () => {
  it.each(RATES)('from %i Hz to 8 kHz rejects by at least 50 dB what would fold back', (rate) => {
    for (const hz of [4050, 4300, 5000, 6100, 7000, 7900, 9500, 11_900, 15_100, 20_500]) {
      if (hz < rate / 2) expect(decibels(through(hz, rate, 8000)) - FULL).toBeLessThan(-50);
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

  it.each(RATES)('leaves the voice band as it is, both ways, at %i Hz', (rate) => {
    for (const hz of [300, 1000, 2500, 3300]) {
      expect(Math.abs(decibels(through(hz, rate, 8000)) - FULL)).toBeLessThan(0.5);
      expect(Math.abs(decibels(through(hz, 8000, rate)) - FULL)).toBeLessThan(0.5);
    }
  });

  it('makes exactly 20 ms out of 20 ms', () => {
    for (const rate of RATES) {
      const up = new Resampler(8000, rate);
      const down = new Resampler(rate, 8000);
      for (let i = 0; i < 50; i++) {
        expect(up.process(new Int16Array(160))).toHaveLength(rate / 50);
        expect(down.process(new Int16Array(rate / 50))).toHaveLength(160);
      }
    }
  });

  it('does not click between full scale and full scale', () => {
    const square = Int16Array.from({ length: 8000 }, (_, i) => (Math.floor(i / 20) % 2 ? 32_767 : -32_768));
    const out = new Resampler(8000, 16_000).process(square);
    // A wrapped sample would jump by nearly 65,536 from one to the next and back.
    for (let i = 2; i < out.length; i++) {
      expect(Math.abs(out[i]! - 2 * out[i - 1]! + out[i - 2]!)).toBeLessThan(65_000);
    }
  });
});

describe('a converter', () => {
  const formats = ['ulaw_8000', 'pcm_8000', ...RATES.map((rate) => `pcm_${rate}`)].map((name) => audioFormat(name)!);

  it('is not needed between a format and itself', () => {
    for (const format of formats) expect(converter(format, format)).toBeUndefined();
  });

  it('gives the same audio wherever the stream is cut, even inside a sample', () => {
    const pairs = fc.tuple(fc.constantFrom(...formats), fc.constantFrom(...formats)).filter(([a, b]) => a !== b);
    fc.assert(
      fc.property(
        pairs,
        fc.uint8Array({ minLength: 200, maxLength: 3000 }),
        fc.array(fc.nat(400)),
        (pair, audio, cuts) => {
          const [from, to] = pair;
          const whole = converter(from, to)!.convert(Buffer.from(audio));
          const cutter = converter(from, to)!;
          const pieces: Buffer[] = [];
          let at = 0;
          for (const length of [...cuts, audio.length]) {
            pieces.push(cutter.convert(Buffer.from(audio.subarray(at, at + length))));
            at += length;
          }
          expect(Buffer.concat(pieces).equals(whole)).toBe(true);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('writes 16-bit little-endian samples', () => {
    const bytes = converter(PHONE, audioFormat('pcm_8000')!)!.convert(Buffer.of(0xff, 0x80, 0x00));
    expect(pcmSamples(bytes)).toEqual([0, 32_124, -32_124]);
    expect([
      ...converter(audioFormat('pcm_8000')!, PHONE)!.convert(pcmBytes(Int16Array.of(0, 32_124, -32_124))),
    ]).toEqual([0xff, 0x80, 0x00]);
  });
});
