import { decodeMulaw, encodeMulaw } from '../../../bridge/codec/mulaw.ts';

/** Under jest, to look up a global takes longer than the sine itself. */
const { PI, round, sin } = Math;

/** `n` samples of a sine, beginning at sample `from`. */
export function sine(hz: number, rate: number, n: number, amplitude = 9000, from = 0): Int16Array {
  const samples = new Int16Array(n);
  for (let i = 0; i < n; i++) samples[i] = round(amplitude * sin((2 * PI * hz * (i + from)) / rate));
  return samples;
}

export const mulawTone = (hz: number, n: number, from = 0): Buffer =>
  Buffer.from(Uint8Array.from(sine(hz, 8000, n, 9000, from), encodeMulaw));

export const pcmBytes = (samples: Int16Array): Buffer => {
  const out = Buffer.alloc(samples.length * 2);
  samples.forEach((sample, i) => {
    out.writeInt16LE(sample, 2 * i);
  });
  return out;
};

export const pcmSamples = (bytes: Buffer): number[] =>
  Array.from({ length: bytes.length >> 1 }, (_, i) => bytes.readInt16LE(2 * i));

export const mulawSamples = (bytes: Buffer): number[] => Array.from(bytes, decodeMulaw);

/** Share of the energy at one frequency (Goertzel's algorithm). */
export function purityAt(hz: number, samples: number[], rate: number): number {
  const turn = 2 * Math.cos((2 * Math.PI * hz) / rate);
  let energy = 0;
  let last = 0;
  let before = 0;
  for (const value of samples) {
    energy += value * value;
    const next = value + turn * last - before;
    before = last;
    last = next;
  }
  return energy === 0 ? 0 : (2 * (last * last + before * before - turn * last * before)) / (samples.length * energy);
}

/** The strongest frequency between 100 and 3600 Hz, in steps of 10. */
export function pitch(samples: number[], rate: number): { hz: number; purity: number } {
  let best = { hz: 0, purity: 0 };
  for (let hz = 100; hz <= 3600; hz += 10) {
    const purity = purityAt(hz, samples, rate);
    if (purity > best.purity) best = { hz, purity };
  }
  return best;
}

export const decibels = (samples: ArrayLike<number>): number => {
  let energy = 0;
  for (let i = 0; i < samples.length; i++) energy += samples[i]! ** 2;
  return 10 * Math.log10(energy / samples.length + 1e-9);
};
