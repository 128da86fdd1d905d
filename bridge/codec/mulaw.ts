/**
 * Converts between one byte of G.711 mu-law (ITU-T G.711, tables 2a and 2b) and a 16-bit linear sample. The Recommendation's 14-bit levels
 * are scaled by four. Both directions are table look-ups.
 */
const BIAS = 0x84;
const CLIP = 32_635;

/** Mu-law byte for silence (positive zero). */
export const SILENCE = 0xff;

function decodeByte(byte: number): number {
  const code = ~byte & 0xff;
  const magnitude = ((((code & 0x0f) << 3) + BIAS) << ((code >> 4) & 7)) - BIAS;
  return code & 0x80 ? -magnitude : magnitude;
}

function encodeSample(sample: number): number {
  const sign = sample < 0 ? 0x80 : 0;
  const magnitude = Math.min(Math.abs(sample), CLIP) + BIAS;
  const exponent = 24 - Math.clz32(magnitude);
  return ~(sign | (exponent << 4) | ((magnitude >> (exponent + 3)) & 0x0f)) & 0xff;
}

const LINEAR = Int16Array.from({ length: 256 }, (_, byte) => decodeByte(byte));
const CODES = Uint8Array.from({ length: 65_536 }, (_, word) => encodeSample((word << 16) >> 16));

export const decodeMulaw = (byte: number): number => LINEAR[byte & 0xff]!;
export const encodeMulaw = (sample: number): number => CODES[sample & 0xffff]!;

/** Decodes `count` bytes, from `from` on, into `samples` from `at` on. */
export function decodeInto(samples: Int16Array, at: number, bytes: Uint8Array, from: number, count: number): void {
  for (let i = 0; i < count; i++) samples[at + i] = LINEAR[bytes[from + i]!]!;
}

/** Encodes `count` samples, from `from` on, into `bytes` from `at` on. */
export function encodeInto(bytes: Uint8Array, at: number, samples: Int16Array, from: number, count: number): void {
  for (let i = 0; i < count; i++) bytes[at + i] = CODES[samples[from + i]! & 0xffff]!;
}

export function mulawToLinear(bytes: Uint8Array): Int16Array {
  const out = new Int16Array(bytes.length);
  decodeInto(out, 0, bytes, 0, bytes.length);
  return out;
}

export function linearToMulaw(samples: Int16Array): Buffer {
  const out = Buffer.allocUnsafe(samples.length);
  encodeInto(out, 0, samples, 0, samples.length);
  return out;
}
