import type { AudioFormat } from './format.ts';
import { linearToMulaw, mulawToLinear } from './mulaw.ts';
import { Resampler } from './resample.ts';

/** Turns a stream of one format into another; keeps its state between chunks, whose borders may lie anywhere. */
export interface Converter {
  convert(chunk: Buffer): Buffer;
}

/** undefined: both formats are the same, and audio can be passed on untouched. */
export function converter(from: AudioFormat, to: AudioFormat): Converter | undefined {
  if (from.name === to.name) return undefined;
  const decode = from.encoding === 'ulaw' ? mulawToLinear : pcmReader();
  const resampler = from.rate === to.rate ? undefined : new Resampler(from.rate, to.rate);
  const encode = to.encoding === 'ulaw' ? linearToMulaw : pcmBytes;
  return {
    convert(chunk) {
      const samples = decode(chunk);
      return encode(resampler ? resampler.process(samples) : samples);
    },
  };
}

/** Reads 16-bit little-endian samples; half a sample at the end of a chunk waits for the next one. */
function pcmReader(): (chunk: Buffer) => Int16Array {
  let rest: number | undefined;
  return (chunk) => {
    const bytes = rest === undefined ? chunk : Buffer.concat([Buffer.of(rest), chunk]);
    const out = new Int16Array(bytes.length >> 1);
    for (let i = 0; i < out.length; i++) out[i] = bytes[2 * i]! | (bytes[2 * i + 1]! << 8);
    rest = bytes.length % 2 ? bytes[bytes.length - 1] : undefined;
    return out;
  };
}

function pcmBytes(samples: Int16Array): Buffer {
  const out = Buffer.allocUnsafe(samples.length * 2);
  for (let i = 0; i < samples.length; i++) {
    const sample = samples[i]!;
    out[2 * i] = sample & 0xff;
    out[2 * i + 1] = (sample >> 8) & 0xff;
  }
  return out;
}
