import { RATE } from '../audio/formats.ts';
import type { Speaker } from './lines.ts';
import { soundOfUtterance, type Utterance, vocabulary } from './utterances.ts';

/** Samples of one step of the loudness curve: 5 ms. */
const STEP = RATE / 200;
/** Louder than this is speech; the clips are trimmed to start there. */
export const LOUD = 160;
const ALIKE = 0.8;

/** Loudness every 5 ms, from the first loud sample to the last. */
function curve(samples: Int16Array): Float32Array {
  let first = 0;
  let last = samples.length;
  while (first < last && Math.abs(samples[first]!) < LOUD) first++;
  while (last > first && Math.abs(samples[last - 1]!) < LOUD) last--;
  const out = new Float32Array(Math.floor((last - first) / STEP));
  for (let i = 0; i < out.length; i++) {
    let sum = 0;
    for (let n = 0; n < STEP; n++) sum += Math.abs(samples[first + i * STEP + n]!);
    out[i] = Math.sqrt(sum / STEP);
  }
  return out;
}

/** Pearson correlation of two curves over their common length. */
function likeness(a: Float32Array, b: Float32Array): number {
  const n = Math.min(a.length, b.length);
  let [sumA, sumB, sumAA, sumBB, sumAB] = [0, 0, 0, 0, 0];
  for (let i = 0; i < n; i++) {
    sumA += a[i]!;
    sumB += b[i]!;
    sumAA += a[i]! * a[i]!;
    sumBB += b[i]! * b[i]!;
    sumAB += a[i]! * b[i]!;
  }
  const spread = Math.sqrt((sumAA - sumA ** 2 / n) * (sumBB - sumB ** 2 / n));
  return spread > 0 ? (sumAB - (sumA * sumB) / n) / spread : 0;
}

interface Vocabulary {
  utterances: Utterance[];
  /** As far as they have been needed. */
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

/** Learns what both speakers may say, a little at a time, so that the first call's audio does not wait for it. */
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
 * What was said, by comparing the loudness of what arrived with everything the other side could say: it understands
 * only audio that came through whole, at the right rate, in the right format. undefined: not understood.
 */
export function understand(heard: Int16Array, speaker: Speaker, pace: number): Utterance | undefined {
  const sound = curve(heard);
  let best: Utterance | undefined;
  let score = ALIKE;
  const known = vocabularyAt(speaker, pace);
  for (const [i, utterance] of known.utterances.entries()) {
    const candidate = curveOf(known, i, pace);
    const ratio = sound.length / candidate.length;
    if (ratio < 0.92 || ratio > 1.08) continue;
    const alike = likeness(sound, candidate) - Math.abs(1 - ratio);
    if (alike > score) [best, score] = [utterance, alike];
  }
  return best;
}
