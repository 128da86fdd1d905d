import { RATE } from '../audio/formats.ts';
import { MULAW_SILENCE } from '../audio/mulaw.ts';

/** Bytes of 20 ms of mu-law. */
export const FRAME_BYTES = RATE / 50;

/** Audio from the product that the callee has not heard yet: sound in order, with marks between. */
export class Playback {
  private queue: (Uint8Array | string)[] = [];
  private readonly echo: (mark: string) => void;

  /** @param echo called for each mark once all sound before it was played or cleared */
  constructor(echo: (mark: string) => void) {
    this.echo = echo;
  }

  sound(bytes: Uint8Array): void {
    this.queue.push(bytes);
  }

  mark(name: string): void {
    this.queue.push(name);
    this.echoDue();
  }

  clear(): void {
    const marks = this.queue.filter((item) => typeof item === 'string');
    this.queue = [];
    for (const mark of marks) this.echo(mark);
  }

  /** The next 20 ms; undefined when there is nothing to play. */
  frame(): Uint8Array | undefined {
    if (this.queue.length === 0) return undefined;
    const frame = new Uint8Array(FRAME_BYTES).fill(MULAW_SILENCE);
    for (let filled = 0; filled < FRAME_BYTES && this.queue.length > 0; this.echoDue()) {
      const sound = this.queue[0] as Uint8Array;
      const part = sound.subarray(0, FRAME_BYTES - filled);
      frame.set(part, filled);
      filled += part.length;
      if (part.length === sound.length) this.queue.shift();
      else this.queue[0] = sound.subarray(part.length);
    }
    return frame;
  }

  private echoDue(): void {
    while (typeof this.queue[0] === 'string') this.echo(this.queue.shift() as string);
  }
}
