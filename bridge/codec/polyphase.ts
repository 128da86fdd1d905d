import { lowPass } from './low-pass.ts';

/**
 * Length and edge of the filter, in samples and parts of the narrower side's rate. At a phone's 8 kHz: 0.25 dB down at
 * 3.4 kHz, where speech ends, and at least 58 dB down from 4 kHz on, so that nothing folds back (mu-law's own noise lies
 * about 38 dB below speech). Measured in test/bridge/resample.test.ts.
 */
const TAPS = 48;
const CUTOFF = 0.4555;
/** For the exact coefficients. Rounding them costs some of it, most at 48 kHz, which has the most coefficients. */
const REJECTION_DB = 66;

/**
 * Coefficients are 16-bit integers; this value stands for 1. A larger one would overflow: the worst input makes a sum of 2.2 times full
 * scale, which must fit into 32 bits.
 */
export const UNIT = 1 << 14;
/** Coefficients that the filter takes in one step. */
const STEP = 8;

/**
 * A low-pass filter at `up` times the input's rate, of whose outputs only every `down`th is needed. It is split into its `up` phases,
 * because each output needs one phase only.
 */
export interface Polyphase {
  up: number;
  down: number;
  /** Number of coefficients of one phase. */
  taps: number;
  /** The phases in sequence, each reversed so that it runs along with the input. */
  bank: Int16Array;
}

/** The filter between two rates in samples per second. */
export function polyphase(from: number, to: number): Polyphase {
  const common = gcd(from, to);
  const up = to / common;
  const down = from / common;
  const narrow = Math.min(from, to) / (from * up);
  const taps = STEP * Math.ceil(TAPS / narrow / up / STEP);
  const prototype = lowPass({ cutoff: CUTOFF * narrow, rejectionDb: REJECTION_DB, taps: taps * up }, up);
  const bank = new Int16Array(taps * up);
  for (let phase = 0; phase < up; phase++) {
    for (let k = 0; k < taps; k++) {
      bank[phase * taps + k] = Math.round(prototype[phase + (taps - 1 - k) * up]! * UNIT);
    }
  }
  return { up, down, taps, bank };
}

function gcd(a: number, b: number): number {
  return b === 0 ? a : gcd(b, a % b);
}
