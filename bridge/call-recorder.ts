import { bytesBetween } from './audio-cutter.ts';
import { RecordingTrack } from './recording-track.ts';
import type { StereoWav } from './stereo-wav.ts';

const PER_MS = 8;
/** Both channels are written this far behind the clock, so that a slightly late frame still gets its place. */
const LAG = 250 * PER_MS;
/** Audio that waits to be written. Together with the lag, a crash loses at most the last second. */
const FLUSH = 750 * PER_MS;
/** A frame of the business this much later than the end of the last one follows a gap; a shorter delay is jitter. */
const GAP = 200 * PER_MS;
/** A peer that is this far ahead of real time is not the phone network. */
const AHEAD = 1000 * PER_MS;

/**
 * Records one phone call on one clock. The business's audio is placed when it arrives. The agent's audio arrives faster than real time and
 * is placed one piece after the other, as Twilio plays it; `clear` removes the part that was not played. Needs no timer: incoming audio
 * moves the recording on.
 */
export class CallRecorder {
  readonly #wav: StereoWav;
  readonly #now: () => number;
  readonly #began: number;
  readonly #business = new RecordingTrack();
  readonly #agent = new RecordingTrack();
  #written = 0;
  #lost = 0;

  /** @param now milliseconds */
  constructor(wav: StereoWav, now: () => number) {
    this.#wav = wav;
    this.#now = now;
    this.#began = now();
  }

  /** Pieces of audio that found no place. */
  get lost(): number {
    return this.#lost;
  }

  /** Audio from the phone: 8 kHz mu-law, as base64 between `from` and `to` of a message. */
  business(message: Buffer, from: number, to: number): void {
    const here = this.#moveOn();
    const start = this.#businessStart(here, bytesBetween(message, from, to));
    if (start === undefined) this.#lost++;
    else this.#business.put(start, message, from, to);
  }

  /** Audio from the agent, in the same form. Twilio plays it after everything sent before. */
  agent(message: Buffer, from: number, to: number): void {
    this.#agent.put(Math.max(this.#moveOn(), this.#agent.end), message, from, to);
  }

  /** As `agent`, for converted audio. */
  agentAudio(audio: Buffer): void {
    this.#agent.putAudio(Math.max(this.#moveOn(), this.#agent.end), audio);
  }

  clear(): void {
    this.#agent.cut(this.#position());
  }

  /** Writes the audio until now. Resolves to the file's size; undefined without a recording. */
  finish(): Promise<number | undefined> {
    this.clear();
    this.#flush(this.#position(), 0);
    return this.#wav.close();
  }

  /** Closes the file and writes nothing more: another process continues it. */
  async abandon(): Promise<void> {
    await this.#wav.close();
  }

  #businessStart(here: number, length: number): number | undefined {
    const start = Math.max(this.#business.end, this.#written);
    if (here - length - start > GAP) return here - length;
    return start - here > AHEAD ? undefined : start;
  }

  /** Writes the audio that is old enough. Returns the current position of the recording. */
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
