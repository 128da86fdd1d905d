import { BIAS, WEIGHTS } from './impression-weights.ts';
import { type Heard, signsOf } from './signs.ts';
import type { Doubt, DoubtCode } from './types.ts';

/**
 * Decides whether a talk as a whole sounds as if an appointment was given, apart from its single sentences. The score is a sum of weights
 * of words, word pairs and doubts of the rules (a logistic regression, trained by `scripts/train-impression.ts` on labelled talks). It
 * knows no day and no hour: it only confirms or questions the reading of the rules. Above 0: more likely yes.
 */
export const impressionOf = (heard: Heard): number => scored(signsOf(heard), weights(), BIAS);

/** Doubts of the rules that may concern a side matter, when the talk as a whole is clear. All other doubts stay. */
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

/** From this score on, a talk sounds given despite single sentences. */
const CLEAR_FROM = 0;
/** The same for a talk without doubts. */
const UNDOUBTED_FROM = -0.5;
/** The same for a talk in which one turn of the business also names the day and the hour and says that it is done. */
const PLAINLY_CLEAR_FROM = -1;

/** Below this score, a talk sounds as if nothing was given. */
const REFUSED_BELOW = -1;
/** A talk with an obstacle contains one of these; a talk with few words contains none. */
const IN_THE_WAY = ['no', 'not', 'nothing', 'full', 'list', 'maybe', 'pencil', 'sorry', 'notdone'];

/** True when a talk sounds as if the appointment was refused, and not merely short. */
export const soundsRefused = (heard: Heard, sound: number): boolean => {
  if (sound >= REFUSED_BELOW) return false;
  const signs = signsOf(heard);
  return IN_THE_WAY.some((theme) => signs.has(`#${theme}`));
};

/** True when the talk's sound outweighs all these doubts. `isPlain`: see `PLAINLY_CLEAR_FROM`. */
export function outweighed(doubts: readonly Doubt[], sound: number, isPlain: boolean): boolean {
  if (doubts.length === 0) return sound >= (isPlain ? PLAINLY_CLEAR_FROM : UNDOUBTED_FROM);
  return sound >= CLEAR_FROM && doubts.every(({ code }) => MAY_BE_BY_THE_WAY.includes(code));
}

/** A long talk has more signs, but should not weigh more. */
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
