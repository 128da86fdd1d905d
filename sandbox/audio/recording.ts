import { createMp3Encoder } from 'wasm-media-encoders';
import { RATE } from './formats.ts';

// Taken out of the global object once: in a test runner's context each look-up there is slow.
const { max, min, round } = Math;

const LONGEST_MS = 10 * 60_000;

/** One side of a talk: pieces of sound with their times. Limited to ten minutes. */
export class Track {
  private readonly pieces: { at: number; samples: Int16Array }[] = [];
  private end = 0;

  /** Adds sound at `atMs` after the talk's start, or directly after the existing sound, whichever is later. */
  add(atMs: number, samples: Int16Array): void {
    const at = max(this.end, round((atMs / 1000) * RATE));
    if (at + samples.length > (LONGEST_MS / 1000) * RATE) return;
    this.pieces.push({ at, samples });
    this.end = at + samples.length;
  }

  /** Drops the sound after `atMs`: the speaker was cut off. */
  cut(atMs: number): void {
    const at = round((atMs / 1000) * RATE);
    while (this.pieces.length > 0 && this.end > at) {
      const last = this.pieces.pop()!;
      if (last.at < at) this.pieces.push({ at: last.at, samples: last.samples.subarray(0, at - last.at) });
      this.end = max(max(last.at, at), 0);
    }
  }

  get length(): number {
    return this.end;
  }

  /** The whole side, with silence between the pieces. */
  samples(length = this.end): Int16Array {
    const out = new Int16Array(length);
    for (const { at, samples } of this.pieces) if (at < length) out.set(samples.subarray(0, length - at), at);
    return out;
  }
}

/** All sides in one channel. */
export function mixed(tracks: Track[]): Int16Array {
  const length = max(0, ...tracks.map((track) => track.length));
  const out = new Int16Array(length);
  for (const track of tracks) {
    const samples = track.samples();
    for (let i = 0; i < samples.length; i++) out[i] = max(-32_768, min(32_767, out[i]! + samples[i]!));
  }
  return out;
}

/** 8 kHz mono samples as an MP3 file (MPEG-2, 16 kHz, 32 kbit/s). Takes about 3 ms for each second of sound. */
export async function mp3(samples: Int16Array): Promise<Buffer> {
  const encoder = await createMp3Encoder();
  encoder.configure({ sampleRate: RATE, channels: 1, bitrate: 32, outputSampleRate: 16_000 });
  // An empty talk must also give a file that a player accepts.
  const input = new Float32Array(max(samples.length, RATE / 2));
  for (let i = 0; i < samples.length; i++) input[i] = samples[i]! / 32_768;
  const frames: Uint8Array[] = [];
  for (let at = 0; at < input.length; at += RATE) {
    frames.push(encoder.encode([input.subarray(at, at + RATE)]).slice());
    // A long talk must not delay the streams of others.
    if (at % (RATE * 5) === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  frames.push(encoder.finalize().slice());
  return Buffer.concat(frames);
}
