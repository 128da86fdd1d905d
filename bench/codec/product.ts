import { converter } from '../../bridge/codec/convert.ts';
import type { AudioFormat } from '../../domain/audio-format.ts';
import { type Timing, timed } from './timing.ts';

/** The product's converter on one stream, the same minute again and again, in chunks of `chunkMs`. */
export function timeProduct(
  from: AudioFormat,
  to: AudioFormat,
  minute: Buffer,
  minutes: number,
  chunkMs: number,
): Timing {
  const chunks: Buffer[] = [];
  const bytes = ((from.rate * chunkMs) / 1000) * from.bytesPerSample;
  for (let at = 0; at < minute.length; at += bytes) chunks.push(minute.subarray(at, at + bytes));
  return timed(() => {
    const { convert } = stream(from, to);
    let made = 0;
    for (let i = 0; i < minutes; i++) for (const chunk of chunks) made += convert(chunk).length;
    const wanted = minutes * 60 * to.rate * to.bytesPerSample;
    // A converter that loses audio would be fast for the wrong reason; a part of a sample may still be on its way.
    if (Math.abs(made - wanted) > to.bytesPerSample)
      throw new Error(`${from.name} to ${to.name}: ${made} of ${wanted} bytes`);
  });
}

function stream(from: AudioFormat, to: AudioFormat): { convert(chunk: Buffer): Buffer } {
  const made = converter(from, to);
  if (!made) throw new Error(`${from.name} needs no conversion`);
  return { convert: (chunk) => made.convert(chunk) };
}
