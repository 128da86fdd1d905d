import { type AudioFormat, msOf, RATE, toBytes } from '../audio/formats.ts';

/** Durations of the pieces in which the provider sends speech, in milliseconds; faster than real time. */
const PIECES_MS = [40, 200, 120, 180, 100, 220, 160];
const AHEAD = 2.5;

/** An agent's voice: sends one utterance at a time, in pieces, well ahead of its playing. */
export class Voice {
  private readonly format: AudioFormat;
  private readonly send: (audio: string, eventId: number) => void;
  private timer: NodeJS.Timeout | undefined;
  private began = 0;
  private total = 0;

  constructor(format: AudioFormat, send: (audio: string, eventId: number) => void) {
    this.format = format;
    this.send = send;
  }

  /** Says an utterance and cuts off the current one. */
  say(samples: Int16Array, eventId: number): void {
    this.stop();
    this.began = performance.now();
    this.total = msOf(samples);
    let at = 0;
    let n = 0;
    const next = (): void => {
      const length = Math.min(samples.length - at, ((PIECES_MS[n++ % PIECES_MS.length] ?? 100) / 1000) * RATE);
      this.send(toBytes(samples.subarray(at, at + length), this.format).toString('base64'), eventId);
      at += length;
      if (at >= samples.length) return;
      // On one clock: a late timer delays one piece, not all that follow.
      const due = this.began + ((at / RATE) * 1000) / AHEAD;
      this.timer = setTimeout(next, Math.max(0, due - performance.now()));
    };
    next();
  }

  /** The share (0 to 1) of the current utterance that has been heard by now. */
  get heard(): number {
    return this.total > 0 ? Math.min(1, (performance.now() - this.began) / this.total) : 1;
  }

  stop(): void {
    clearTimeout(this.timer);
  }
}
