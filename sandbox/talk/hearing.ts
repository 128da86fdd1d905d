import { RATE } from '../audio/formats.ts';
import type { Speaker } from './lines.ts';
import { saidLately, soundOfUtterance, type Utterance, vocabulary } from './utterances.ts';

// Taken out of the global object once: in a test runner's context each look-up there is slow.
const { abs, floor, max, min, sqrt } = Math;

/** Samples of one step of the loudness curve: 5 ms. */
const STEP = RATE / 200;
/** Louder sound is speech. The clips are trimmed to start there. */
export const LOUD = 160;
const ALIKE = 0.85;
/** Similar enough for a second look. */
const PERHAPS = 0.5;
const SHORT_LIST = 24;
/** Shifts of the steps in the second look, in samples. */
const PHASES = [0, 8, 16, 24, 32];
/** Steps by which a soft beginning may be found early or late. */
const SLACK = 4;

/** Loudness every 5 ms, from the first loud sample (and `phase` samples on) to the last. */
function curve(samples: Int16Array, phase = 0): Float32Array {
  let first = 0;
  let last = samples.length;
  while (first < last && abs(samples[first]!) < LOUD) first++;
  while (last > first && abs(samples[last - 1]!) < LOUD) last--;
  first += phase;
  const out = new Float32Array(max(0, floor((last - first) / STEP)));
  for (let i = 0; i < out.length; i++) {
    let sum = 0;
    for (let n = 0; n < STEP; n++) sum += abs(samples[first + i * STEP + n]!);
    out[i] = sqrt(sum / STEP);
  }
  return out;
}

/** Pearson correlation of two curves over their common length, the first one `shift` steps late. */
function likeness(a: Float32Array, b: Float32Array, shift: number): number {
  const from = max(0, shift);
  const n = min(a.length, b.length + shift) - from;
  let [sumA, sumB, sumAA, sumBB, sumAB] = [0, 0, 0, 0, 0];
  for (let i = from; i < from + n; i++) {
    const x = a[i]!;
    const y = b[i - shift]!;
    sumA += x;
    sumB += y;
    sumAA += x * x;
    sumBB += y * y;
    sumAB += x * y;
  }
  const spread = sqrt((sumAA - (sumA * sumA) / n) * (sumBB - (sumB * sumB) / n));
  return spread > 0 ? (sumAB - (sumA * sumB) / n) / spread : 0;
}

interface Vocabulary {
  utterances: Utterance[];
  /** As far as they were needed. */
  curves: Float32Array[];
}
const vocabularies = new Map<string, Vocabulary>();

function vocabularyAt(speaker: Speaker, pace: number): Vocabulary {
  const key = `${speaker} ${pace}`;
  let known = vocabularies.get(key);
  if (!known) {
    if (vocabularies.size > 16) vocabularies.clear();
    known = { utterances: vocabulary(speaker), curves: [] };
    vocabularies.set(key, known);
  }
  return known;
}

const curveOf = ({ utterances, curves }: Vocabulary, i: number, pace: number): Float32Array =>
  (curves[i] ??= curve(soundOfUtterance(utterances[i]!, pace)));

/** Prepares the curves of all utterances of both speakers, a little at a time, so that the first call's audio does not wait for it. */
export async function learn(pace: number, signal: AbortSignal): Promise<void> {
  for (const speaker of ['agent', 'business'] as const) {
    const known = vocabularyAt(speaker, pace);
    for (let i = 0; i < known.utterances.length && !signal.aborted; i++) {
      curveOf(known, i, pace);
      if (i % 16 === 15) await new Promise((resolve) => setImmediate(resolve));
    }
  }
}

/**
 * Recognises an utterance by comparing the loudness of its sound with everything the other side could say. It understands only audio that
 * arrived completely, at the right rate, in the right format. undefined: not understood.
 */
export function understand(heard: Int16Array, speaker: Speaker, pace: number): Utterance | undefined {
  const known = vocabularyAt(speaker, pace);
  // A coarse look at all candidates, then a fine one at the likeliest: the same word may begin a fraction of a step later.
  const lately: Vocabulary = { utterances: saidLately(speaker), curves: [] };
  const best = [known, lately].flatMap((words) => bestOf(words, heard, pace)).sort(byLikeness)[0];
  return best && best.alike > ALIKE ? best.utterance : undefined;
}

function bestOf(words: Vocabulary, heard: Int16Array, pace: number): (Candidate & { utterance: Utterance })[] {
  const likely = ranked(words, words.utterances.keys(), curve(heard), pace).filter(({ alike }) => alike > PERHAPS);
  const indices = likely.slice(0, SHORT_LIST).map(({ index }) => index);
  const [best] = PHASES.flatMap((phase) => ranked(words, indices, curve(heard, phase), pace)).sort(byLikeness);
  return best ? [{ ...best, utterance: words.utterances[best.index]! }] : [];
}

interface Candidate {
  index: number;
  alike: number;
}

const byLikeness = (a: Candidate, b: Candidate): number => b.alike - a.alike;

/** Similarity of known utterances to a sound, the likeliest first. */
function ranked(known: Vocabulary, indices: Iterable<number>, sound: Float32Array, pace: number): Candidate[] {
  const candidates: Candidate[] = [];
  for (const index of indices) {
    const candidate = curveOf(known, index, pace);
    const ratio = sound.length / candidate.length;
    if (ratio < 0.92 || ratio > 1.08) continue;
    let alike = -1;
    for (let shift = -SLACK; shift <= SLACK; shift++) alike = max(alike, likeness(sound, candidate, shift));
    candidates.push({ index, alike: alike - abs(1 - ratio) });
  }
  return candidates.sort(byLikeness);
}
