import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { RecordingTrack } from '../../bridge/recording-track.ts';

const SILENCE = 0xff;

/** What a track does, said plainly: an array of samples. */
class PlainTrack {
  readonly samples: number[] = [];
  taken = 0;
  end = 0;

  put(start: number, audio: Buffer): void {
    for (const [i, sample] of audio.entries()) this.samples[start + i] = sample;
    this.end = start + audio.length;
  }

  cut(position: number): void {
    if (this.end <= position) return;
    for (let i = position; i < this.end; i++) delete this.samples[i];
    this.end = position;
  }

  take(to: number): number[] {
    const out = Array.from({ length: to - this.taken }, (_, i) => this.samples[this.taken + i] ?? SILENCE);
    this.taken = to;
    return out;
  }
}

describe('a track of a recording', () => {
  it('gives back what was put where it was put, whatever is cut and however far audio runs ahead', () => {
    const step = fc.oneof(
      fc.record({
        does: fc.constantFrom('base64', 'audio'),
        gap: fc.oneof(fc.constant(0), fc.nat(300), fc.nat(50_000)),
        length: fc.oneof(fc.constant(160), fc.integer({ min: 1, max: 400 }), fc.integer({ min: 1, max: 60_000 })),
      }),
      fc.record({ does: fc.constant('cut'), gap: fc.nat(2_000), length: fc.constant(0) }),
      fc.record({ does: fc.constant('take'), gap: fc.nat(12_000), length: fc.constant(0) }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const track = new RecordingTrack();
        const plain = new PlainTrack();
        for (const [n, { does, gap, length }] of steps.entries()) {
          if (does === 'take') {
            const to = plain.taken + gap;
            const out = Buffer.alloc(2 * gap, 1);
            track.take(to, out, 1);
            const expected = plain.take(to);
            expect(expected.every((sample, i) => out[2 * i + 1] === sample)).toBe(true);
          } else if (does === 'cut') {
            const position = Math.max(plain.taken, plain.end - gap);
            track.cut(position);
            plain.cut(position);
          } else {
            const start = Math.max(plain.end, plain.taken) + gap;
            const audio = Buffer.alloc(length, n + 1);
            plain.put(start, audio);
            const message = Buffer.from(`"${audio.toString('base64')}"`);
            if (does === 'audio') track.putAudio(start, audio);
            else track.put(start, message, 1, message.length - 1);
          }
          expect(track.end).toBe(plain.end);
        }
      }),
      { numRuns: 200 },
    );
  });
});
