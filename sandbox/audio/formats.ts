import { decodeMulaw, encodeMulaw } from './mulaw.ts';

// Taken out of the global object once: in a test runner's context each look-up there is slow.
const { floor, max, min } = Math;

/** Samples per second of all audio inside the sandbox: telephone quality. */
export const RATE = 8000;

/** One of the provider's names for raw mono audio: `ulaw_8000`, or `pcm_N` with 16-bit little-endian samples. */
export interface AudioFormat {
  name: string;
  rate: number;
  pcm: boolean;
}

const RATES = [8000, 16_000, 22_050, 24_000, 44_100, 48_000];

/** undefined: not a format of an agent. */
export function audioFormat(name: string): AudioFormat | undefined {
  if (name === 'ulaw_8000') return { name, rate: RATE, pcm: false };
  const rate = Number(/^pcm_(\d+)$/.exec(name)?.[1]);
  return RATES.includes(rate) ? { name, rate, pcm: true } : undefined;
}

/** Samples at another rate, by linear interpolation; when going down, each is the mean of those it replaces. */
export function resample(samples: Int16Array, from: number, to: number): Int16Array {
  if (from === to) return samples;
  const step = from / to;
  const out = new Int16Array(floor(samples.length / step));
  for (let i = 0; i < out.length; i++) {
    const at = i * step;
    const first = floor(at);
    if (step > 1) {
      const last = min(samples.length, max(first + 1, floor(at + step)));
      let sum = 0;
      for (let n = first; n < last; n++) sum += samples[n]!;
      out[i] = sum / (last - first);
    } else {
      const next = samples[min(first + 1, samples.length - 1)]!;
      out[i] = samples[first]! + (next - samples[first]!) * (at - first);
    }
  }
  return out;
}

/** 8 kHz samples as bytes of a format. */
export function toBytes(samples: Int16Array, format: AudioFormat): Buffer {
  if (!format.pcm) return Buffer.from(encodeMulaw(samples));
  const at = resample(samples, RATE, format.rate);
  const bytes = Buffer.alloc(at.length * 2);
  for (let i = 0; i < at.length; i++) bytes.writeInt16LE(at[i]!, i * 2);
  return bytes;
}

/** Bytes of a format as 8 kHz samples; half a sample at the end is dropped. */
export function fromBytes(bytes: Uint8Array, format: AudioFormat): Int16Array {
  if (!format.pcm) return decodeMulaw(bytes);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const samples = new Int16Array(bytes.byteLength >> 1);
  for (let i = 0; i < samples.length; i++) samples[i] = view.getInt16(i * 2, true);
  return resample(samples, format.rate, RATE);
}

/** Pieces of sound, one after the other. */
export function joined(pieces: Int16Array[]): Int16Array {
  if (pieces.length === 1) return pieces[0]!;
  const out = new Int16Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    out.set(piece, at);
    at += piece.length;
  }
  return out;
}

/** Duration of 8 kHz samples in milliseconds. */
export const msOf = (samples: { length: number }): number => (samples.length / RATE) * 1000;

/** A RIFF file with these raw bytes. */
export function wavFile(bytes: Uint8Array, format: AudioFormat, channels = 1): Buffer {
  const width = format.pcm ? 2 : 1;
  const head = Buffer.alloc(44);
  head.write('RIFF', 0);
  head.writeUInt32LE(36 + bytes.length, 4);
  head.write('WAVEfmt ', 8);
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(format.pcm ? 1 : 7, 20);
  head.writeUInt16LE(channels, 22);
  head.writeUInt32LE(format.rate, 24);
  head.writeUInt32LE(format.rate * width * channels, 28);
  head.writeUInt16LE(width * channels, 32);
  head.writeUInt16LE(width * 8, 34);
  head.write('data', 36);
  head.writeUInt32LE(bytes.length, 40);
  return Buffer.concat([head, bytes]);
}
