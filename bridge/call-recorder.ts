import { SILENCE } from './codec/mulaw.ts';
import type { StereoWav } from './stereo-wav.ts';

const PER_MS = 8;
/** Both channels are written this far behind the clock, so that a frame that comes a little late still finds its place. */
const LAG = 500 * PER_MS;
const FLUSH = 500 * PER_MS;
/** A business frame this much later than the end of the last one follows a gap; less is jitter. */
const GAP = 200 * PER_MS;
/** A peer that sends faster than real time by more than this is not the phone network. */
const AHEAD = 1000 * PER_MS;

/** Pieces of one channel in order of time; positions in samples since the recording began. */
class Channel {
  #pieces: { start: number; audio: Buffer }[] = [];
  end = 0;

  add(start: number, audio: Buffer): void {
    this.#pieces.push({ start, audio });
    this.end = start + audio.length;
  }

  /** Forgets everything from `position` on. */
  cut(position: number): void {
    if (this.end <= position) return;
    this.#pieces = this.#pieces.filter((piece) => piece.start < position);
    const last = this.#pieces.at(-1);
    if (last) last.audio = last.audio.subarray(0, position - last.start);
    this.end = position;
  }

  /** What lies between two positions, silence where nothing does; earlier pieces are forgotten. */
  take(from: number, to: number): Buffer {
    const out = Buffer.alloc(to - from, SILENCE);
    for (const { start, audio } of this.#pieces) {
      if (start >= to) break;
      const skip = Math.max(0, from - start);
      audio.copy(out, Math.max(0, start - from), skip, Math.min(audio.length, to - start));
    }
    const rest = this.#pieces.findIndex((piece) => piece.start + piece.audio.length > to);
    this.#pieces = rest === -1 ? [] : this.#pieces.slice(rest);
    return out;
  }
}

/**
 * Records one phone call on one clock. The business is heard when it arrives. The agent's audio arrives faster than
 * real time and is heard one piece after the other, as Twilio plays it; `clear` takes back what was not played yet.
 * Needs no timer: whoever brings audio moves the recording on.
 */
export class CallRecorder {
  readonly #wav: StereoWav;
  readonly #now: () => number;
  readonly #began: number;
  readonly #business = new Channel();
  readonly #agent = new Channel();
  #written = 0;
  #lost = 0;

  /** `now` in milliseconds. */
  constructor(wav: StereoWav, now: () => number) {
    this.#wav = wav;
    this.#now = now;
    this.#began = now();
  }

  /** Pieces that found no place. */
  get lost(): number {
    return this.#lost;
  }

  business(audio: Buffer): void {
    const here = this.#position();
    let start = Math.max(this.#business.end, this.#written);
    if (here - audio.length - start > GAP) start = here - audio.length;
    if (start - here > AHEAD) this.#lost++;
    else this.#business.add(start, audio);
    this.#flush(here - LAG);
  }

  agent(audio: Buffer): void {
    const here = this.#position();
    this.#agent.add(Math.max(this.#agent.end, here), audio);
    this.#flush(here - LAG);
  }

  clear(): void {
    this.#agent.cut(this.#position());
  }

  /** Writes what was heard until now; resolves to the file's size, undefined without a recording. */
  finish(): Promise<number | undefined> {
    this.clear();
    this.#flush(this.#position(), 0);
    return this.#wav.close();
  }

  #position(): number {
    return Math.floor((this.#now() - this.#began) * PER_MS);
  }

  #flush(to: number, atLeast = FLUSH): void {
    if (to <= this.#written || to - this.#written < atLeast) return;
    const kept = this.#wav.append(this.#business.take(this.#written, to), this.#agent.take(this.#written, to));
    if (!kept) this.#lost++;
    this.#written = to;
  }
}
