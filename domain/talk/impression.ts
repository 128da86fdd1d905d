import { BIAS, WEIGHTS } from './impression-weights.ts';
import type { ReadTurn } from './turns.ts';
import type { Doubt, DoubtCode } from './types.ts';

/**
 * Whether a talk as a whole sounds like one in which an appointment was given, whatever its single sentences say: a sum of weights of its
 * words and pairs of words (a logistic regression, trained by `scripts/train-impression.ts` on labelled talks). It knows no day
 * and no hour: it only seconds, or doubts, what the rules read.
 */
export function impressionOf(read: readonly ReadTurn[]): number {
  return scored(signsOf(read), weights(), BIAS);
}

/** Below it a talk that the rules read as given is left to a person. */
export const DOUBTFUL_BELOW = 0.3;
/** The same, where the agent read the slot back as a question and the business said yes. */
export const DOUBTFUL_READ_BACK_BELOW = -1;
/** From here on nobody has to say a word that the rules know as giving. */
export const CLEAR_FROM = 1.4;

/** How clear a talk must be for words, which the rules take for a doubt, to be words by the way. The doubts that are not here stay. */
const OUTWEIGHED_FROM: Partial<Record<DoubtCode, number>> = {
  not_agreed: CLEAR_FROM,
  call_back: 2,
  hedged: 2,
  conditional: 2.2,
  not_meant: 2.2,
};
const EACH_MORE = 0.5;

/** Whether a talk that sounds like this outweighs all these doubts. */
export const outweighed = (doubts: readonly Doubt[], sound: number): boolean =>
  doubts.every(({ code }) => sound >= (OUTWEIGHED_FROM[code] ?? Infinity) + EACH_MORE * (doubts.length - 1));

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

export const scaleOf = (known: number): number => 3 / Math.sqrt(known || 1);

const LAST_TURNS = 3;
const STEM = 5;

/**
 * The signs of a talk, after the agent's first words: `word` and `two words` of the business, `~stems` of its longer words, `L:` before
 * those of its last turns, `A:` before the agent's. Days and hours read as `dayy` and `timee`, the errand's person as `him`.
 */
export function signsOf(read: readonly ReadTurn[]): Set<string> {
  const signs = new Set<string>();
  const first = read.findIndex(({ role }) => role === 'agent');
  const last = new Set(read.filter(({ role, turn }) => role === 'business' && turn > first).slice(-LAST_TURNS));
  for (const turn of read.slice(first)) {
    const words = wordsOf(turn);
    for (const [i, word] of words.entries()) {
      const pair = i > 0 ? `${words[i - 1]} ${word}` : undefined;
      if (turn.role === 'agent') {
        signs.add(`A:${word}`);
        if (pair) signs.add(`A:${pair}`);
        continue;
      }
      signs.add(word);
      if (pair) signs.add(pair);
      if (word.length > STEM) signs.add(`~${word.slice(0, STEM)}`);
      if (!last.has(turn)) continue;
      signs.add(`L:${word}`);
      if (pair) signs.add(`L:${pair}`);
    }
  }
  return signs;
}

function wordsOf({ text, sentences }: ReadTurn): string[] {
  let plain = '';
  let at = 0;
  const mentions = sentences
    .flatMap(({ days, times }) => [
      ...days.map((day) => ({ at: day.at, end: day.end, word: ' dayy ' })),
      ...times.map((time) => ({ at: time.at, end: time.end, word: ' timee ' })),
    ])
    .sort((a, b) => a.at - b.at);
  for (const mention of mentions) {
    if (mention.at < at) continue;
    plain += text.slice(at, mention.at) + mention.word;
    at = mention.end;
  }
  plain += text.slice(at);
  return plain.split(/[^a-zñ'?]+/).filter(Boolean);
}

let known: ReadonlyMap<string, number> | undefined;

/** `sign=weight` between bars, in hundredths. */
function weights(): ReadonlyMap<string, number> {
  known ??= new Map(
    WEIGHTS.split('|').map((entry) => {
      const cut = entry.lastIndexOf('=');
      return [entry.slice(0, cut).trim(), Number(entry.slice(cut + 1)) / 100];
    }),
  );
  return known;
}
