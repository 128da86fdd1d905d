import type { Clock } from './clock.ts';

/** 8 kHz mu-law: bytes per millisecond. */
const PER_MS = 8;
/** Milliseconds of audio between two marks. */
const MARK_EVERY_MS = 1_000;
const NAME = /^heard\.(\d+)\.(\d+)$/;

/**
 * Estimates what the callee has really heard. Twilio plays its audio in sequence and in real time, so a clock gives an estimate. A mark
 * comes back when everything before it was played, and corrects the clock. After a `clear` Twilio returns all pending marks at once: marks
 * carry the number of clears before them, and those of an older number are ignored.
 */
export class Playout {
  readonly #clock: Clock;
  /** Milliseconds of audio sent since the stream began, without the cleared part. */
  #sent = 0;
  /** Time at which all of it will have been played. */
  #doneAt = 0;
  #clears = 0;
  #marked = 0;
  #utterance = { eventId: Number.NaN, start: 0 };

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** True when any audio was sent. */
  get began(): boolean {
    return this.#sent > 0;
  }

  /** Milliseconds that wait to be played. */
  get left(): number {
    return Math.max(0, this.#doneAt - this.#clock.now());
  }

  /** Notes audio that was sent. `eventId` identifies the agent's utterance. */
  add(bytes: number, eventId: number): void {
    if (eventId !== this.#utterance.eventId) this.#utterance = { eventId, start: this.#sent };
    const ms = bytes / PER_MS;
    this.#doneAt = Math.max(this.#doneAt, this.#clock.now()) + ms;
    this.#sent += ms;
  }

  /** Name of the mark that is due now, if any. */
  dueMark(): string | undefined {
    if (this.#sent - this.#marked < MARK_EVERY_MS) return undefined;
    this.#marked = this.#sent;
    return `heard.${this.#clears}.${Math.round(this.#sent)}`;
  }

  /** A mark has come back. */
  mark(name: string): void {
    const [, clears, position] = NAME.exec(name) ?? [];
    if (clears === undefined || Number(clears) !== this.#clears) return;
    this.#doneAt = this.#clock.now() + this.#sent - Number(position);
  }

  /** The part (0 to 1) of the current utterance that was heard by now; undefined: all of it, or there is none. */
  get heard(): number | undefined {
    const { left } = this;
    const whole = this.#sent - this.#utterance.start;
    return left > 0 && whole > 0 ? Math.max(0, whole - left) / whole : undefined;
  }

  /** Drops the waiting audio. Returns the heard part of the current utterance, as `heard` does. */
  clear(): number | undefined {
    const { left, heard } = this;
    const { start } = this.#utterance;
    this.#clears++;
    this.#sent -= left;
    this.#marked = Math.min(this.#marked, this.#sent);
    this.#doneAt = this.#clock.now();
    this.#utterance.start = Math.min(start, this.#sent);
    return heard;
  }
}
