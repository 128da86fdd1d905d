import type { Spread } from '../statistics.ts';

export interface Aim {
  what: string;
  /** Undefined: a subject that it needs was not measured. */
  value: number | undefined;
  met: boolean | undefined;
}

const AT_ONCE_CPU = 0.4;
const ECONOMY_CPU = 0.25;
const ADDED_P99_MS = 3;

/** What the bridge is to reach, at 100 calls. */
export function aimsOf(
  figures: Record<string, Record<string, Spread>>,
  frames: Record<string, { lost: number; wrong: number }>,
): Aim[] {
  const aim = (what: string, value: number | undefined, reached: (value: number) => boolean): Aim => ({
    what,
    value,
    met: value === undefined ? undefined : reached(value),
  });
  const middle = (figure: string, subject: string): number | undefined => figures[figure]?.[subject]?.median;
  const bridges = Object.keys(frames).filter((subject) => subject.startsWith('bridge'));
  const missing = bridges.reduce((total, subject) => total + frames[subject]!.lost + frames[subject]!.wrong, 0);
  return [
    aim(
      `CPU of bridge, at most ${AT_ONCE_CPU} × python`,
      middle('CPU, × python', 'bridge'),
      (value) => value <= AT_ONCE_CPU,
    ),
    aim(
      `CPU of bridge-frameBatching, at most ${ECONOMY_CPU} × python`,
      middle('CPU, × python', 'bridge-frameBatching'),
      (value) => value <= ECONOMY_CPU,
    ),
    aim(
      `added p99 of bridge, below ${ADDED_P99_MS} ms`,
      middle('added p99, ms', 'bridge'),
      (value) => value < ADDED_P99_MS,
    ),
    aim('frames that a bridge lost, repeated or misled', bridges.length ? missing : undefined, (value) => value === 0),
  ];
}
