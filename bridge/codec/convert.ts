import type { AudioFormat } from '../../domain/audio-format.ts';
import { sampleReader } from './reader.ts';
import { Resampler } from './resample.ts';
import { INPUT, MAX_SAMPLES, OUTPUT } from './workspace.ts';
import { sampleWriter } from './writer.ts';

/** Converts a stream from one format to another. Keeps its state between chunks, which may end anywhere. */
export interface Converter {
  convert(chunk: Buffer): Buffer;
}

/** undefined: both formats are equal, and audio passes unchanged. */
export function converter(from: AudioFormat, to: AudioFormat): Converter | undefined {
  if (from.name === to.name) return undefined;
  const reader = sampleReader(from);
  const resampler = from.rate === to.rate ? undefined : new Resampler(from.rate, to.rate);
  const write = sampleWriter(to);
  return {
    convert(chunk) {
      const samples = reader.samplesWith(chunk);
      const out = Buffer.allocUnsafe((resampler ? resampler.made(samples) : samples) * to.bytesPerSample);
      let at = 0;
      for (let done = 0; done < samples; done += MAX_SAMPLES) {
        const taken = Math.min(MAX_SAMPLES, samples - done);
        reader.read(chunk, done, taken);
        const made = resampler ? resampler.run(taken) : taken;
        write(resampler ? OUTPUT : INPUT, made, out, at);
        at += made * to.bytesPerSample;
      }
      reader.done(chunk);
      return out;
    },
  };
}
