import { base64Bytes } from './codec/base64.ts';
import { SILENCE } from './codec/mulaw.ts';

/** Four seconds at first: enough for the phone's side, which arrives in real time. */
const FIRST_CAPACITY = 32_768;

/**
 * One side of a recording: a ring of 8 kHz mu-law from the end of the file to the latest audio. Positions are samples since the recording
 * began. Positions without audio are silence. A frame allocates nothing.
 */
export class RecordingTrack {
  /** End of the latest audio. */
  end = 0;
  #ring = Buffer.alloc(FIRST_CAPACITY, SILENCE);
  /** Everything before it was taken. */
  #taken = 0;

  /** Puts base64 of a message at `start`, which is not before the taken part. */
  put(start: number, message: Buffer, from: number, to: number): void {
    const base64 = message.toString('latin1', from, to);
    const length = base64Bytes(base64);
    this.#reserve(start + length);
    const at = start & (this.#ring.length - 1);
    if (at + length <= this.#ring.length) this.#ring.write(base64, at, length, 'base64');
    else this.#copy(Buffer.from(base64, 'base64'), start);
    this.end = start + length;
  }

  putAudio(start: number, audio: Buffer): void {
    this.#reserve(start + audio.length);
    this.#copy(audio, start);
    this.end = start + audio.length;
  }

  /** Drops everything from `position` on. */
  cut(position: number): void {
    if (this.end <= position) return;
    const from = Math.max(position, this.#taken);
    this.#each(from, this.end, (at, length) => this.#ring.fill(SILENCE, at, at + length));
    this.end = position;
  }

  /** Takes everything before `to`, into every second byte of `out` from `channel` on. */
  take(to: number, out: Buffer, channel: 0 | 1): void {
    let next = channel;
    this.#each(this.#taken, Math.min(to, this.#taken + this.#ring.length), (at, length) => {
      for (let i = at; i < at + length; i++, next += 2) out[next] = this.#ring[i]!;
      this.#ring.fill(SILENCE, at, at + length);
    });
    for (; next < out.length; next += 2) out[next] = SILENCE;
    this.#taken = to;
  }

  /** Calls `part` for the one or two stretches of the ring between two positions. */
  #each(from: number, to: number, part: (at: number, length: number) => void): void {
    if (to <= from) return;
    const at = from & (this.#ring.length - 1);
    const first = Math.min(to - from, this.#ring.length - at);
    part(at, first);
    if (first < to - from) part(0, to - from - first);
  }

  #copy(audio: Buffer, start: number): void {
    let copied = 0;
    this.#each(start, start + audio.length, (at, length) => {
      audio.copy(this.#ring, at, copied, copied + length);
      copied += length;
    });
  }

  /** An agent sends faster than it is heard: the waiting audio must fit. Capacities are powers of two. */
  #reserve(end: number): void {
    const needed = end - this.#taken;
    if (needed <= this.#ring.length) return;
    const old = this.#ring;
    const kept = Buffer.alloc(old.length);
    let copied = 0;
    this.#each(this.#taken, this.#taken + old.length, (at, length) => {
      old.copy(kept, copied, at, at + length);
      copied += length;
    });
    this.#ring = Buffer.alloc(2 ** Math.ceil(Math.log2(needed)), SILENCE);
    this.#copy(kept, this.#taken);
  }
}
