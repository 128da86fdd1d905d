import { polyphase } from './polyphase.ts';
import { filter, INPUT, keep, OUTPUT, workspace } from './workspace.ts';

interface Design {
  up: number;
  down: number;
  taps: number;
  /** Address of the coefficients. */
  bank: number;
}

const designs = new Map<string, Design>();

/** Computed once for each pair of rates. */
function design(from: number, to: number): Design {
  const key = `${from}:${to}`;
  let known = designs.get(key);
  if (!known) {
    const { up, down, taps, bank } = polyphase(from, to);
    known = { up, down, taps, bank: keep(bank) };
    designs.set(key, known);
  }
  return known;
}

/**
 * Changes the sample rate of a stream by a rational factor. It keeps its input history, so a stream that is cut anywhere gives the same
 * output bit for bit. Delays by half its filter: 24 samples at the narrower rate, 3 ms at 8 kHz.
 */
export class Resampler {
  readonly #design: Design;
  readonly #history: Int16Array;
  /** Position of the next output, in `up`-ths of an input sample, from the first sample of the next block. */
  #position = 0;

  /**
   * @param from samples per second
   * @param to samples per second
   */
  constructor(from: number, to: number) {
    this.#design = design(from, to);
    this.#history = new Int16Array(this.#design.taps - 1);
  }

  /** Number of output samples for this number of input samples. */
  made(samples: number): number {
    const { up, down } = this.#design;
    return Math.max(0, Math.ceil((samples * up - this.#position) / down));
  }

  /** Takes at most MAX_SAMPLES samples from INPUT and writes the result to OUTPUT. Returns the number of output samples. */
  run(samples: number): number {
    const { up, down, taps, bank } = this.#design;
    const history = this.#history;
    const line = INPUT - history.length;
    const made = this.made(samples);
    workspace.samples.set(history, line);
    if (made > 0) {
      const index = Math.floor(this.#position / up);
      filter(
        2 * (line + index),
        this.#position - index * up,
        2 * OUTPUT,
        made,
        bank,
        2 * taps,
        2 * Math.floor(down / up),
        down % up,
        up,
      );
    }
    this.#position += made * down - samples * up;
    for (let i = 0; i < history.length; i++) history[i] = workspace.samples[line + samples + i]!;
    return made;
  }
}
