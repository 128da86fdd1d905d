// Taken out of the global object once: in a test runner's context each look-up there is slow.
const { abs, clz32, max, min } = Math;

const BIAS = 0x84;
const CLIP = 32_635;

const DECODED = Int16Array.from({ length: 256 }, (_, code) => {
  const bits = ~code & 0xff;
  const magnitude = (((bits & 0x0f) << 3) + BIAS) << ((bits >> 4) & 7);
  return bits & 0x80 ? BIAS - magnitude : magnitude - BIAS;
});

function encodeSample(sample: number): number {
  const sign = sample < 0 ? 0x80 : 0;
  const magnitude = min(abs(sample), CLIP) + BIAS;
  const exponent = max(0, 31 - clz32(magnitude) - 7);
  return ~(sign | (exponent << 4) | ((magnitude >> (exponent + 3)) & 0x0f)) & 0xff;
}

/** Mu-law byte of silence. */
export const MULAW_SILENCE = 0xff;

/** G.711 mu-law bytes to 16-bit samples. */
export function decodeMulaw(bytes: Uint8Array): Int16Array {
  const samples = new Int16Array(bytes.length);
  for (let i = 0; i < bytes.length; i++) samples[i] = DECODED[bytes[i]!]!;
  return samples;
}

/** 16-bit samples to G.711 mu-law bytes. */
export function encodeMulaw(samples: Int16Array): Uint8Array {
  const bytes = new Uint8Array(samples.length);
  for (let i = 0; i < samples.length; i++) bytes[i] = encodeSample(samples[i]!);
  return bytes;
}
