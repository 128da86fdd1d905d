import { BIAS, WEIGHTS } from './impression-weights.ts';
import type { ReadTurn } from './turns.ts';
import type { Doubt, DoubtCode } from './types.ts';

/**
 * Whether a talk as a whole sounds like one in which an appointment was given, whatever its single sentences say: a sum of weights of its
 * words, of pairs of words and of what the rules doubt (a logistic regression, trained by `scripts/train-impression.ts` on labelled
 * talks). It knows no day and no hour: it only seconds, or doubts, what the rules read. Above 0: rather yes.
 */
export function impressionOf(read: readonly ReadTurn[], givenAt: number | undefined, doubts: readonly Doubt[]): number {
  return scored(signsOf(read, givenAt, doubts), weights(), BIAS);
}

/** Below it a talk that the rules read as given is left to a person. */
export const DOUBTFUL_BELOW = 0.4;
/** The same, where one turn of the business has the day, the hour, and that it is done. */
export const DOUBTFUL_PLAIN_BELOW = -2.6;
/** The same, where the agent read the slot back as a question and the business said yes. */
export const DOUBTFUL_READ_BACK_BELOW = 0;

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
const CLEAR_FROM = 2;
const EACH_MORE = 0.4;

/** Whether a talk that sounds like this outweighs all these doubts. */
export const outweighed = (doubts: readonly Doubt[], sound: number): boolean =>
  doubts.every(({ code }) => MAY_BE_BY_THE_WAY.includes(code)) && sound >= CLEAR_FROM + EACH_MORE * (doubts.length - 1);

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

const LAST_TURNS = 3;
const STEM = 5;

/**
 * The signs of a talk, after the agent's first words: `word` and `two words` of the business, `~stems` of its longer words; `L:` before
 * those of its last turns; `<`, `=` and `>` before those of turns before, at and after the one that gave the slot, `A<` and `A>` before
 * the agent's; `R:` before what the rules doubt. Days and hours read as `dayy` and `timee`, the errand's person as `him`.
 */
export function signsOf(read: readonly ReadTurn[], givenAt: number | undefined, doubts: readonly Doubt[]): Set<string> {
  const signs = new Set<string>(doubts.map(({ code }) => `R:${code}`));
  const first = read.findIndex(({ role }) => role === 'agent');
  const last = new Set(read.filter(({ role, turn }) => role === 'business' && turn > first).slice(-LAST_TURNS));
  for (const turn of read.slice(first)) {
    const words = wordsOf(turn);
    for (const prefix of prefixesOf(turn, givenAt ?? -1, last.has(turn))) addWords(signs, words, prefix);
    if (turn.role === 'agent') continue;
    for (const word of words) if (word.length > STEM) signs.add(`~${word.slice(0, STEM)}`);
  }
  return signs;
}

function prefixesOf({ role, turn }: ReadTurn, givenAt: number, isLast: boolean): string[] {
  if (role === 'agent') return ['A:', turn > givenAt ? 'A>' : 'A<'];
  const place = turn > givenAt ? '>' : turn === givenAt ? '=' : '<';
  return isLast ? ['', place, 'L:'] : ['', place];
}

function addWords(signs: Set<string>, words: readonly string[], prefix: string): void {
  for (const [i, word] of words.entries()) {
    signs.add(prefix + word);
    if (i > 0) signs.add(`${prefix}${words[i - 1]} ${word}`);
    if (i > 1 && PLACES.test(prefix)) signs.add(`${prefix}${words[i - 2]}_${word}`);
  }
}

/** With these, words that have one other between them are a sign as well. */
const PLACES = /[<=>]/;

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
