import { bytesBetween } from './audio-cutter.ts';
import { RecordingTrack } from './recording-track.ts';
import type { StereoWav } from './stereo-wav.ts';

const PER_MS = 8;
/** Both channels are written this far behind the clock, so that a frame that comes a little late still finds its place. */
const LAG = 250 * PER_MS;
/** What waits to be written; with the lag no more than the last second is lost in a crash. */
const FLUSH = 750 * PER_MS;
/** A business frame this much later than the end of the last one follows a gap; less is jitter. */
const GAP = 200 * PER_MS;
/** A peer that sends faster than real time by more than this is not the phone network. */
const AHEAD = 1000 * PER_MS;

/**
 * Records one phone call on one clock. The business is heard when it arrives. The agent's audio arrives faster than
 * real time and is heard one piece after the other, as Twilio plays it; `clear` takes back what was not played yet.
 * Needs no timer: whoever brings audio moves the recording on.
 */
export class CallRecorder {
  readonly #wav: StereoWav;
  readonly #now: () => number;
  readonly #began: number;
  readonly #business = new RecordingTrack();
  readonly #agent = new RecordingTrack();
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

  /** What the phone sent: 8 kHz mu-law, as base64 between `from` and `to` of a message. */
  business(message: Buffer, from: number, to: number): void {
    const here = this.#moveOn();
    const start = this.#businessStart(here, bytesBetween(message, from, to));
    if (start === undefined) this.#lost++;
    else this.#business.put(start, message, from, to);
  }

  /** What the agent sent, and Twilio will play after what it has: as `business`. */
  agent(message: Buffer, from: number, to: number): void {
    this.#agent.put(Math.max(this.#moveOn(), this.#agent.end), message, from, to);
  }

  /** As `business`, of audio that was converted. */
  agentAudio(audio: Buffer): void {
    this.#agent.putAudio(Math.max(this.#moveOn(), this.#agent.end), audio);
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

  /** Closes the file and writes nothing more to it: somebody else goes on with it. */
  async abandon(): Promise<void> {
    await this.#wav.close();
  }

  #businessStart(here: number, length: number): number | undefined {
    const start = Math.max(this.#business.end, this.#written);
    if (here - length - start > GAP) return here - length;
    return start - here > AHEAD ? undefined : start;
  }

  /** Writes what is old enough; where the recording is now. */
  #moveOn(): number {
    const here = this.#position();
    this.#flush(here - LAG);
    return here;
  }

  #position(): number {
    return Math.floor((this.#now() - this.#began) * PER_MS);
  }

  #flush(to: number, atLeast = FLUSH): void {
    if (to <= this.#written || to - this.#written < atLeast) return;
    const both = Buffer.allocUnsafe(2 * (to - this.#written));
    this.#business.take(to, both, 0);
    this.#agent.take(to, both, 1);
    if (!this.#wav.appendBoth(both)) this.#lost++;
    this.#written = to;
  }
}
