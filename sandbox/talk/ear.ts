import { joined, RATE } from '../audio/formats.ts';
import { LOUD } from './hearing.ts';

// Taken out of the global object once: in a test runner's context each look-up there is slow.
const { abs, max } = Math;

/** Silence that ends a turn, at natural pace; longer than any pause inside a clip. */
const TURN_END_MS = 420;
/** Maximum length of a turn. */
const LONGEST_MS = 30_000;
const FRAME = RATE / 100;
/** Frames kept from before a turn: 400 ms. */
const BEFORE = 40;
/** Additional time for missing sound compared with silent sound: the machine may just be busy. */
const STALL_MS = 350;

interface EarEvents {
  /** The other side began to speak. */
  started(): void;
  /** The other side fell silent. `samples`: its speech, 8 kHz. */
  finished(samples: Int16Array): void;
}

/**
 * Finds turns in a stream of sound by loudness alone. A turn ends after enough silent sound, or after the same time without any sound: a
 * phone sends silence, a socket may send nothing.
 */
export class Ear {
  private readonly events: EarEvents;
  private readonly endMs: number;
  private pieces: Int16Array[] = [];
  private loud = 0;
  private silentMs = 0;
  private listening = false;
  private timer: NodeJS.Timeout | undefined;

  constructor(pace: number, events: EarEvents) {
    this.events = events;
    this.endMs = max(120, TURN_END_MS / pace);
  }

  get hearing(): boolean {
    return this.listening;
  }

  push(samples: Int16Array): void {
    for (let at = 0; at < samples.length; at += FRAME) this.frame(samples.subarray(at, at + FRAME));
    clearTimeout(this.timer);
    if (this.listening) this.timer = setTimeout(() => this.finish(), this.endMs + STALL_MS);
  }

  close(): void {
    clearTimeout(this.timer);
    this.listening = false;
    this.pieces = [];
  }

  private frame(frame: Int16Array): void {
    let peak = 0;
    for (const sample of frame) peak = max(peak, abs(sample));
    const ms = (frame.length / RATE) * 1000;
    if (peak >= LOUD) {
      this.silentMs = 0;
      this.loud += ms;
    } else {
      this.silentMs += ms;
    }
    if (!this.listening && this.silentMs > 60) this.loud = 0;
    this.pieces.push(frame.slice());
    // Sound just before the first loud moment belongs to the turn: a turn that was split can be joined again.
    if (!this.listening && this.pieces.length > BEFORE) this.pieces.shift();
    // A click is not speech.
    if (!this.listening && this.loud >= 30) {
      this.listening = true;
      this.events.started();
    }
    if (this.listening && (this.silentMs >= this.endMs || this.pieces.length * 10 > LONGEST_MS)) this.finish();
  }

  private finish(): void {
    clearTimeout(this.timer);
    if (!this.listening) return;
    const samples = joined(this.pieces);
    this.pieces = [];
    this.listening = false;
    this.loud = 0;
    this.silentMs = 0;
    this.events.finished(samples);
  }
}
