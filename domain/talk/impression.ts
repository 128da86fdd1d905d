import { BIAS, WEIGHTS } from './impression-weights.ts';
import { type Heard, signsOf } from './signs.ts';
import type { Doubt, DoubtCode } from './types.ts';

/**
 * Whether a talk as a whole sounds like one in which an appointment was given, whatever its single sentences say: a sum of weights of its
 * words, of pairs of words and of what the rules doubt (a logistic regression, trained by `scripts/train-impression.ts` on labelled
 * talks). It knows no day and no hour: it only seconds, or doubts, what the rules read. Above 0: rather yes.
 */
export const impressionOf = (heard: Heard): number => scored(signsOf(heard), weights(), BIAS);

/** What the rules may take for a doubt and is said by the way, where the talk as a whole is clear. All other doubts stay. */
const MAY_BE_BY_THE_WAY: readonly DoubtCode[] = [
  'not_agreed',
  'asked_only',
  'call_back',
  'hedged',
  'conditional',
  'denied',
  'elsewhere',
  'waiting_list',
  'tentative',
];

/** From here on a talk sounds given, whatever single sentences say. */
const CLEAR_FROM = 0;
/** The same, where the rules doubt nothing. */
const UNDOUBTED_FROM = -0.5;
/** The same, where moreover one turn of the business has the day, the hour, and that it is done. */
const PLAINLY_CLEAR_FROM = -1;

/** Below it a talk sounds like one in which nothing was given. */
const REFUSED_BELOW = -1;
/** One of these is spoken of where something stands in the way; where none is, little was said. */
const IN_THE_WAY = ['no', 'not', 'nothing', 'full', 'list', 'maybe', 'pencil', 'sorry', 'notdone'];

/** Whether a talk sounds as if the appointment was refused, and not as if nobody said much. */
export const soundsRefused = (heard: Heard, sound: number): boolean => {
  if (sound >= REFUSED_BELOW) return false;
  const signs = signsOf(heard);
  return IN_THE_WAY.some((theme) => signs.has(`#${theme}`));
};

/** Whether a talk that sounds like this outweighs all these doubts, or none. `isPlain`: see `PLAINLY_CLEAR_FROM`. */
export function outweighed(doubts: readonly Doubt[], sound: number, isPlain: boolean): boolean {
  if (doubts.length === 0) return sound >= (isPlain ? PLAINLY_CLEAR_FROM : UNDOUBTED_FROM);
  return sound >= CLEAR_FROM && doubts.every(({ code }) => MAY_BE_BY_THE_WAY.includes(code));
}

/** A long talk has more signs, and should not weigh more. */
export function scored(signs: Iterable<string>, of: ReadonlyMap<string, number>, bias: number): number {
  let sum = 0;
  let known = 0;
  for (const sign of signs) {
    const weight = of.get(sign);
    if (weight === undefined) continue;
    sum += weight;
    known++;
  }
  return bias + sum * scaleOf(known);
}

export const scaleOf = (known: number): number => 1 / Math.sqrt(known || 1);

let known: ReadonlyMap<string, number> | undefined;

/** `sign=weight` between bars, in thousandths. */
function weights(): ReadonlyMap<string, number> {
  known ??= new Map(
    WEIGHTS.split('|').map((entry) => {
      const cut = entry.lastIndexOf('=');
      return [entry.slice(0, cut), Number(entry.slice(cut + 1)) / 1000];
    }),
  );
  return known;
}
