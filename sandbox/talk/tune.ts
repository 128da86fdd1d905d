import { RATE } from '../audio/formats.ts';

/** Notes of the waiting music: hertz, and loudness. Uneven, so that it is told from speech by its loudness like any utterance. */
const NOTES: readonly [hertz: number, loudness: number][] = [
  [392, 0.5],
  [440, 1],
  [494, 0.35],
  [587, 0.9],
  [494, 0.6],
  [440, 0.25],
  [392, 0.8],
  [330, 0.45],
];
const NOTE_MS = 380;
const BREATH_MS = 40;
/** Natural length of the tune, and of the silence before it begins again: long enough to end a turn. */
export const TUNE_MS = NOTES.length * NOTE_MS;
export const TUNE_PAUSE_MS = 900;

const played = new Map<number, Int16Array>();

/** One round of waiting music: 8 kHz; `pace` 2 is twice as fast. */
export function tune(pace: number): Int16Array {
  const known = played.get(pace);
  if (known) return known;
  const perNote = Math.round(((NOTE_MS / 1000) * RATE) / pace);
  const sounding = Math.round((((NOTE_MS - BREATH_MS) / 1000) * RATE) / pace);
  const out = new Int16Array(perNote * NOTES.length);
  for (const [n, [hertz, loudness]] of NOTES.entries())
    for (let i = 0; i < sounding; i++) {
      const fade = Math.min(1, (i + 1) / 20, (sounding - i) / 20);
      out[n * perNote + i] = 9000 * loudness * fade * Math.sin((2 * Math.PI * hertz * i) / RATE);
    }
  played.set(pace, out);
  return out;
}
