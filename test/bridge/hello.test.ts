import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { linearToMulaw, SILENCE } from '../../bridge/codec/mulaw.ts';
import { Hello } from '../../bridge/hello.ts';

const FRAME = 160;
const silence = (ms: number): Buffer => Buffer.alloc(ms * 8, SILENCE);

/** A recorded voice of the sandbox (a WAV of 8 kHz mu-law), as the phone brings it. */
function voice(name: string): Buffer {
  const file = readFileSync(new URL(`../../sandbox/speech/${name}.wav`, import.meta.url));
  const data = file.indexOf('data', 12, 'latin1');
  return file.subarray(data + 8, data + 8 + file.readUInt32LE(data + 4));
}

/** Milliseconds of this audio, in frames of 20 ms, until the hello was over; undefined: it never was. */
function overAfter(audio: Buffer): number | undefined {
  const hello = new Hello();
  for (let at = 0; at < audio.length; at += FRAME)
    if (hello.hear(audio.subarray(at, at + FRAME))) return (at + FRAME) / 8;
  return undefined;
}

describe('the hello of a callee', () => {
  it.each(['es/business-bye', 'es/business-moment', 'en/business-bye', 'en/business-moment'])(
    'is over when the words are (%s)',
    (name) => {
      const words = voice(name);
      const over = overAfter(Buffer.concat([silence(400), words, silence(1_000)]))!;
      expect(over).toBeGreaterThan(400 + 300);
      expect(over).toBeLessThanOrEqual(400 + words.length / 8 + 320);
    },
  );

  it('is not over while somebody speaks', () => {
    const words = voice('es/business-moment').subarray(0, 4_000);
    expect(overAfter(words)).toBeUndefined();
  });

  it('is no silence, no hiss of the line and no click', () => {
    expect(overAfter(silence(3_000))).toBeUndefined();
    const hiss = Int16Array.from({ length: 24_000 }, (_, i) => ((i * 7_919) % 400) - 200);
    expect(overAfter(linearToMulaw(hiss))).toBeUndefined();
    const click = linearToMulaw(Int16Array.from({ length: 320 }, () => 20_000));
    expect(overAfter(Buffer.concat([silence(200), click, silence(2_000)]))).toBeUndefined();
  });
});
