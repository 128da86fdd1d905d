import { lowPass, tapsFor } from './low-pass.ts';

/** Speech passes up to 85 % of the narrower side's half rate (3.4 kHz of a phone's 4 kHz); nothing folds back into it. */
const PASS = 0.425;
const STOP = 0.5;
const REJECTION_DB = 70;

interface Polyphase {
  up: number;
  down: number;
  taps: number;
  /** One filter per output phase, reversed so that the inner loop runs forward. */
  phases: Float64Array[];
}

const designs = new Map<string, Polyphase>();

function design(from: number, to: number): Polyphase {
  const key = `${from}:${to}`;
  const known = designs.get(key);
  if (known) return known;
  const common = gcd(from, to);
  const up = to / common;
  const down = from / common;
  const narrow = Math.min(from, to) / (from * up);
  const spec = { pass: PASS * narrow, stop: STOP * narrow, rejectionDb: REJECTION_DB };
  const taps = Math.ceil(tapsFor(spec) / up);
  const prototype = lowPass(spec, taps * up, up);
  const phases = Array.from({ length: up }, (_, phase) =>
    Float64Array.from({ length: taps }, (_, k) => prototype[phase + (taps - 1 - k) * up]!),
  );
  const made = { up, down, taps, phases };
  designs.set(key, made);
  return made;
}

/**
 * Changes the sample rate of a 16-bit mono stream by a ratio of whole numbers. What it has heard stays with it, so a
 * stream cut into frames anywhere sounds as if it had not been cut.
 */
export class Resampler {
  readonly #filter: Polyphase;
  #history: Float64Array;
  /** Where the next output sample lies, in input samples and `up`-ths of one, from the start of the next chunk. */
  #index = 0;
  #phase = 0;

  /** Rates in samples per second. */
  constructor(from: number, to: number) {
    this.#filter = design(from, to);
    this.#history = new Float64Array(this.#filter.taps - 1);
  }

  process(input: Int16Array): Int16Array {
    const { up, down, taps, phases } = this.#filter;
    const kept = this.#history.length;
    const line = new Float64Array(kept + input.length);
    line.set(this.#history);
    line.set(input, kept);
    const out = new Int16Array(Math.ceil((input.length * up) / down) + 1);
    const stepWhole = Math.floor(down / up);
    const stepPart = down % up;
    let index = this.#index;
    let phase = this.#phase;
    let made = 0;
    while (index < input.length) {
      const filter = phases[phase]!;
      let sum = 0;
      for (let k = 0; k < taps; k++) sum += filter[k]! * line[index + k]!;
      out[made++] = sum > 32_767 ? 32_767 : sum < -32_768 ? -32_768 : Math.round(sum);
      index += stepWhole;
      phase += stepPart;
      if (phase >= up) {
        phase -= up;
        index++;
      }
    }
    this.#index = index - input.length;
    this.#phase = phase;
    this.#history = line.subarray(input.length);
    return out.subarray(0, made);
  }
}

function gcd(a: number, b: number): number {
  return b === 0 ? a : gcd(b, a % b);
}
