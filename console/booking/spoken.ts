import type { Turn } from '../api/answers.ts';

/** A stretch of a recording in which one side speaks, in seconds. */
export interface Span {
  from: number;
  to: number;
}

const WINDOW_SECONDS = 0.05;
/** Share of the loudest level; below it is line noise. */
const QUIET = 0.08;
/** Pauses within one utterance. */
const PAUSE_SECONDS = 0.7;
const LEAST_SECONDS = 0.15;

/** The loudest sample of each stretch of that many samples. */
export function peaksOf(channel: Float32Array, stretch: number): number[] {
  const peaks: number[] = [];
  for (let from = 0; from < channel.length; from += stretch) {
    let peak = 0;
    for (let i = from; i < Math.min(channel.length, from + stretch); i++) peak = Math.max(peak, Math.abs(channel[i]!));
    peaks.push(peak);
  }
  return peaks;
}

/** The stretches in which one side speaks. */
export function spansOf(channel: Float32Array, rate: number): Span[] {
  const step = Math.max(1, Math.round(WINDOW_SECONDS * rate));
  const peaks = peaksOf(channel, step);
  const loud = Math.max(0, ...peaks) * QUIET;
  const spans: Span[] = [];
  peaks.forEach((peak, n) => {
    if (peak === 0 || peak < loud) return;
    const [from, to] = [(n * step) / rate, ((n + 1) * step) / rate];
    const last = spans.at(-1);
    if (last && from - last.to < PAUSE_SECONDS) last.to = to;
    else spans.push({ from, to });
  });
  return spans.filter(({ from, to }) => to - from >= LEAST_SECONDS);
}

/**
 * The turns at the positions where they begin. A turn of the business is recorded only when it has been understood, after it was
 * spoken: it is moved to where its side begins to speak after its previous turn.
 */
export function asSpoken(turns: readonly Turn[], business: readonly Span[]): Turn[] {
  let understood = 0;
  let earliest = 0;
  return turns.map((turn) => {
    const begins =
      turn.role === 'business'
        ? business.find(({ from, to }) => to > understood && from < turn.at_seconds)?.from
        : undefined;
    if (turn.role === 'business') understood = turn.at_seconds;
    // They keep their order, even if both sides speak at once.
    earliest = Math.max(earliest, Math.min(begins ?? turn.at_seconds, turn.at_seconds));
    return { ...turn, at_seconds: earliest };
  });
}
