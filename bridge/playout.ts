import type { Clock } from './clock.ts';

/** 8 kHz mu-law: bytes per millisecond. */
const PER_MS = 8;
/** How much audio lies between two marks. */
const MARK_EVERY_MS = 1_000;
const NAME = /^heard\.(\d+)\.(\d+)$/;

/**
 * What the callee has really heard. Twilio plays what it gets one piece after the other in real time, so a clock tells it
 * roughly; marks come back when everything before them was played, and set the clock right. After a `clear` Twilio sends all
 * pending marks back at once: those carry the count of clears that they were sent in, and mean nothing any more.
 */
export class Playout {
  readonly #clock: Clock;
  /** Milliseconds of audio handed over since the stream began, without what was cleared. */
  #sent = 0;
  /** When all of it will have been played. */
  #doneAt = 0;
  #clears = 0;
  #marked = 0;
  #utterance = { eventId: Number.NaN, start: 0 };

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Something has been handed over at all. */
  get began(): boolean {
    return this.#sent > 0;
  }

  /** Milliseconds that wait to be played. */
  get left(): number {
    return Math.max(0, this.#doneAt - this.#clock.now());
  }

  /** Audio was handed over. `eventId` names the agent's utterance. */
  add(bytes: number, eventId: number): void {
    if (eventId !== this.#utterance.eventId) this.#utterance = { eventId, start: this.#sent };
    const ms = bytes / PER_MS;
    this.#doneAt = Math.max(this.#doneAt, this.#clock.now()) + ms;
    this.#sent += ms;
  }

  /** The name of a mark that is due now, if one is. */
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

  /** The part of the current utterance that was heard by now; undefined: all of it, or none is known. */
  get heard(): number | undefined {
    const { left } = this;
    const whole = this.#sent - this.#utterance.start;
    return left > 0 && whole > 0 ? Math.max(0, whole - left) / whole : undefined;
  }

  /** What waits is thrown away. Gives the part of the current utterance that was heard, as `heard` does. */
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
