import { describe, expect, it } from '@jest/globals';
import { decodeMulaw, encodeMulaw, linearToMulaw, mulawToLinear } from '../../bridge/codec/mulaw.ts';

/**
 * Decision values x(0)…x(128) of ITU-T G.711, table 2: one interval of width 1, fifteen of width 2, then sixteen each
 * of 4, 8, …, 256. A 16-bit sample is four times as large.
 */
const decisions = (): number[] => {
  const x = [0, 1];
  for (let i = 0; i < 15; i++) x.push(x.at(-1)! + 2);
  for (let width = 4; width <= 256; width *= 2) for (let i = 0; i < 16; i++) x.push(x.at(-1)! + width);
  return x;
};

describe('mu-law', () => {
  const x = decisions();

  it('knows the decision values of the Recommendation', () => {
    expect(x).toHaveLength(129);
    expect([x[16], x[32], x[128]]).toEqual([31, 95, 8159]);
  });

  it('decodes the rows that the Recommendation prints (table 2a, decoder output value)', () => {
    const printed = {
      128: 8031,
      143: 4191,
      159: 2079,
      175: 1023,
      191: 495,
      207: 231,
      223: 99,
      239: 33,
      254: 2,
      255: 0,
    };
    for (const [byte, value] of Object.entries(printed)) expect(decodeMulaw(Number(byte))).toBe(4 * value);
  });

  it('decodes each of the 256 bytes to the middle of its interval', () => {
    for (let n = 0; n < 128; n++) {
      const level = n === 0 ? 0 : 2 * (x[n]! + x[n + 1]!);
      expect(decodeMulaw(0xff - n)).toBe(level);
      expect(decodeMulaw(0x7f - n) + 0).toBe(level === 0 ? 0 : -level);
    }
  });

  it('encodes each of the 65,536 samples to the interval that it lies in', () => {
    for (let sample = -32_768; sample <= 32_767; sample++) {
      const magnitude = Math.abs(sample);
      let n = 0;
      while (n < 127 && magnitude >= 4 * x[n + 1]!) n++;
      const wanted = (sample < 0 ? 0x7f : 0xff) - n;
      if (encodeMulaw(sample) !== wanted)
        expect({ sample, code: encodeMulaw(sample) }).toEqual({ sample, code: wanted });
    }
  });

  it('gives back every byte that was decoded; there are two zeros', () => {
    const bytes = Buffer.from(Array.from({ length: 256 }, (_, i) => i));
    const back = linearToMulaw(mulawToLinear(bytes));
    expect([...back]).toEqual([...bytes].map((byte) => (byte === 0x7f ? 0xff : byte)));
  });
});
