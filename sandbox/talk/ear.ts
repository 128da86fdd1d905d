import { joined, RATE } from '../audio/formats.ts';
import { LOUD } from './hearing.ts';

/** Silence that ends a turn, at natural pace; longer than any pause inside a clip. */
const TURN_END_MS = 420;
/** Longest turn that is listened to. */
const LONGEST_MS = 30_000;
const FRAME = RATE / 100;

export interface EarEvents {
  /** Somebody began to speak. */
  started(): void;
  /** They fell silent; what they said, 8 kHz. */
  finished(samples: Int16Array): void;
}

/**
 * Finds turns in a stream of sound by its loudness alone. A turn ends after enough silent sound, or when no sound
 * arrives at all for as long: a phone sends silence, a socket may send nothing.
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
    this.endMs = Math.max(120, TURN_END_MS / pace);
  }

  get hearing(): boolean {
    return this.listening;
  }

  push(samples: Int16Array): void {
    for (let at = 0; at < samples.length; at += FRAME) this.frame(samples.subarray(at, at + FRAME));
    clearTimeout(this.timer);
    if (this.listening) this.timer = setTimeout(() => this.finish(), this.endMs + 150);
  }

  close(): void {
    clearTimeout(this.timer);
    this.listening = false;
    this.pieces = [];
  }

  private frame(frame: Int16Array): void {
    let peak = 0;
    for (const sample of frame) peak = Math.max(peak, Math.abs(sample));
    const ms = (frame.length / RATE) * 1000;
    if (peak >= LOUD) {
      this.silentMs = 0;
      this.loud += ms;
    } else {
      this.silentMs += ms;
    }
    if (!this.listening && this.silentMs > 60) {
      this.pieces = [];
      this.loud = 0;
    }
    if (!this.listening && this.loud === 0) return;
    this.pieces.push(frame.slice());
    // A click is no speech.
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
