import { dim } from './ink.ts';

const EVERY_MS = 1_000;

/** The last line on a terminal: the current state and how long it has lasted. Elsewhere nothing, so that a log stays clean. */
export class ProgressLine {
  private readonly out: NodeJS.WriteStream;
  private words = '';
  private since = Date.now();
  private timer: NodeJS.Timeout | undefined;

  constructor(out: NodeJS.WriteStream = process.stdout) {
    this.out = out;
    if (out.isTTY) this.timer = setInterval(() => this.draw(), EVERY_MS);
    this.timer?.unref();
  }

  /** A new state. */
  now(words: string): void {
    if (words !== this.words) this.since = Date.now();
    this.words = words;
    this.draw();
  }

  /** The same state in other words: its clock goes on. */
  still(words: string): void {
    this.words = words;
    this.draw();
  }

  /** Prints a line above it. */
  print(line: string): void {
    this.wipe();
    this.out.write(`${line}\n`);
    this.draw();
  }

  end(): void {
    clearInterval(this.timer);
    this.timer = undefined;
    this.wipe();
  }

  private wipe(): void {
    if (this.out.isTTY) this.out.write('\r\u001b[K');
  }

  private draw(): void {
    if (!this.timer || this.words === '') return;
    const seconds = Math.round((Date.now() - this.since) / 1000);
    this.wipe();
    this.out.write(dim(`… ${this.words}, ${seconds} s`));
  }
}
