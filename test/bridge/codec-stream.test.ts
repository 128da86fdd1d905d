import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { converter } from '../../bridge/codec/convert.ts';
import { type AudioFormat, audioFormat, FORMAT_NAMES, PHONE_AUDIO } from '../../domain/audio-format.ts';
import { pcmBytes, pcmSamples } from './support/tone.ts';

const formats = FORMAT_NAMES.map((name) => audioFormat(name)!);
const pair = fc.tuple(fc.constantFrom(...formats), fc.constantFrom(...formats)).filter(([a, b]) => a !== b);
const audio = fc.uint8Array({ minLength: 200, maxLength: 6000 });

const whole = ([from, to]: [AudioFormat, AudioFormat], bytes: Uint8Array): Buffer =>
  converter(from, to)!.convert(Buffer.from(bytes));

const pieces = (bytes: Uint8Array, lengths: number[]): Buffer[] => {
  let at = 0;
  return [...lengths, bytes.length].map((length) => {
    const piece = Buffer.from(bytes.subarray(at, at + length));
    at += length;
    return piece;
  });
};

describe('a converter', () => {
  it('knows the phone and the six rates', () => {
    expect(FORMAT_NAMES).toEqual([
      'ulaw_8000',
      ...[8000, 16_000, 22_050, 24_000, 44_100, 48_000].map((rate) => `pcm_${rate}`),
    ]);
  });

  it('is not needed between a format and itself', () => {
    for (const format of formats) expect(converter(format, format)).toBeUndefined();
  });

  it('gives the same audio wherever the stream is cut, even inside a sample', () => {
    fc.assert(
      fc.property(pair, audio, fc.array(fc.nat(400)), (formats, bytes, cuts) => {
        const cutter = converter(...formats)!;
        const made = pieces(bytes, cuts).map((piece) => cutter.convert(piece));
        expect(Buffer.concat(made).equals(whole(formats, bytes))).toBe(true);
      }),
      { numRuns: 150 },
    );
  });

  it('gives the same audio byte by byte', () => {
    fc.assert(
      fc.property(pair, fc.uint8Array({ minLength: 50, maxLength: 700 }), (formats, bytes) => {
        const cutter = converter(...formats)!;
        const made = [...bytes].map((byte) => cutter.convert(Buffer.of(byte)));
        expect(Buffer.concat(made).equals(whole(formats, bytes))).toBe(true);
      }),
      { numRuns: 40 },
    );
  });

  it('gives the same audio while others convert theirs', () => {
    const stream = fc.tuple(pair, audio);
    fc.assert(
      fc.property(fc.array(stream, { minLength: 2, maxLength: 4 }), (streams) => {
        const running = streams.map(([formats, bytes]) => ({
          made: [] as Buffer[],
          converter: converter(...formats)!,
          pieces: pieces(bytes, new Array(20).fill(160)),
        }));
        for (let turn = 0; turn <= 20; turn++) {
          for (const { made, converter, pieces } of running) made.push(converter.convert(pieces[turn]!));
        }
        streams.forEach(([formats, bytes], i) => {
          expect(Buffer.concat(running[i]!.made).equals(whole(formats, bytes))).toBe(true);
        });
      }),
      { numRuns: 40 },
    );
  });

  it('does not give away memory that it goes on writing to', () => {
    for (const to of formats.filter((format) => format !== PHONE_AUDIO)) {
      const speech = converter(PHONE_AUDIO, to)!;
      const first = speech.convert(Buffer.alloc(400, 0x95));
      const copy = Buffer.from(first);
      speech.convert(Buffer.alloc(400, 0x15));
      expect(first.equals(copy)).toBe(true);
    }
  });

  it('keeps half a sample for the next chunk', () => {
    const read = converter(audioFormat('pcm_8000')!, PHONE_AUDIO)!;
    const bytes = pcmBytes(Int16Array.of(-32_124, 32_124));
    expect(read.convert(bytes.subarray(0, 1))).toHaveLength(0);
    expect(read.convert(Buffer.alloc(0))).toHaveLength(0);
    expect([...read.convert(bytes.subarray(1, 3))]).toEqual([0x00]);
    expect([...read.convert(bytes.subarray(3))]).toEqual([0x80]);
  });

  it('writes 16-bit little-endian samples', () => {
    const bytes = converter(PHONE_AUDIO, audioFormat('pcm_8000')!)!.convert(Buffer.of(0xff, 0x80, 0x00));
    expect(pcmSamples(bytes)).toEqual([0, 32_124, -32_124]);
    expect([
      ...converter(audioFormat('pcm_8000')!, PHONE_AUDIO)!.convert(pcmBytes(Int16Array.of(0, 32_124, -32_124))),
    ]).toEqual([0xff, 0x80, 0x00]);
  });

  it('leaves silence silent', () => {
    for (const format of formats.filter((format) => format !== PHONE_AUDIO)) {
      expect([...new Set(converter(PHONE_AUDIO, format)!.convert(Buffer.alloc(8000, 0xff)))]).toEqual([0]);
      expect([...new Set(converter(format, PHONE_AUDIO)!.convert(Buffer.alloc(format.rate)))]).toEqual([0xff]);
    }
  });
});
