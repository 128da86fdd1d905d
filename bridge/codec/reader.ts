import type { AudioFormat } from '../../domain/audio-format.ts';
import { decodeInto } from './mulaw.ts';
import { INPUT, workspace } from './workspace.ts';

/** Reads the samples of a stream whose chunks may end anywhere. */
interface SampleReader {
  /** Number of samples that are complete with this chunk. */
  samplesWith(chunk: Uint8Array): number;
  /** Writes `count` of them, from number `from` on, to INPUT. */
  read(chunk: Uint8Array, from: number, count: number): void;
  /** Called after the chunk was read. */
  done(chunk: Uint8Array): void;
}

export const sampleReader = ({ encoding }: AudioFormat): SampleReader =>
  encoding === 'ulaw' ? new MulawReader() : new PcmReader();

class MulawReader implements SampleReader {
  samplesWith(chunk: Uint8Array): number {
    return chunk.length;
  }

  read(chunk: Uint8Array, from: number, count: number): void {
    decodeInto(workspace.samples, INPUT, chunk, from, count);
  }

  done(): void {}
}

/** 16-bit little-endian. Half a sample at the end of a chunk waits for the next one. */
class PcmReader implements SampleReader {
  /** The waiting byte, and the number of waiting bytes: 0 or 1. */
  #low = 0;
  #waiting = 0;

  samplesWith(chunk: Uint8Array): number {
    return (this.#waiting + chunk.length) >> 1;
  }

  read(chunk: Uint8Array, from: number, count: number): void {
    const { bytes } = workspace;
    const start = 2 * from - this.#waiting;
    const end = start + 2 * count;
    const missing = start < 0 ? 1 : 0;
    if (missing) bytes[2 * INPUT] = this.#low;
    // A view costs more than the copy: most chunks are read in one piece.
    const part = start === 0 && end === chunk.length ? chunk : chunk.subarray(start + missing, end);
    bytes.set(part, 2 * INPUT + missing);
  }

  done(chunk: Uint8Array): void {
    if (chunk.length === 0) return;
    this.#waiting = (this.#waiting + chunk.length) & 1;
    this.#low = chunk[chunk.length - 1]!;
  }
}
