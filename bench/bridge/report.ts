import { availableParallelism, cpus } from 'node:os';
import { median, type Spread, spread } from '../statistics.ts';
import { type Aim, aimsOf } from './aims.ts';
import type { Load, Measured } from './measure.ts';
import { sum } from './proc.ts';

/** By subject. Each round is compared within itself: its subjects had the same machine. */
export type Round = Record<string, Measured>;

export interface Report {
  versions: Record<string, string>;
  machine: { cores: number; model: string };
  load: Load & { rounds: number };
  /** Figure, then subject; absent where a round lacks what it is compared with. */
  figures: Record<string, Record<string, Spread>>;
  /** Of all rounds together. */
  frames: Record<string, { sent: number; lost: number; wrong: number }>;
  aims: Aim[];
  /** How many more calls several processes carry than one, by what a call costs them. */
  scaling: { processes: number; times: number } | undefined;
  leftOut: Record<string, string>;
}

export const OTHERS = 'rest of the machine: cores';

type Figure = (measured: Measured, round: Round) => number | undefined;

const FIGURES: Record<string, Figure> = {
  'round trip p50, ms': (m) => m.p50,
  'round trip p95, ms': (m) => m.p95,
  'round trip p99, ms': (m) => m.p99,
  'round trip max, ms': (m) => m.max,
  'added p50, ms': (m, { tcp }) => tcp && m.p50 - tcp.p50,
  'added p95, ms': (m, { tcp }) => tcp && m.p95 - tcp.p95,
  'added p99, ms': (m, { tcp }) => tcp && m.p99 - tcp.p99,
  'CPU, s per call-minute': (m) => m.cpu,
  'of it in the kernel, s': (m) => m.kernel,
  'CPU, × python': (m, { python }) => python && m.cpu / python.cpu,
  'calls per core': (m) => 60 / m.cpu,
  'memory, MiB per call': (m) => m.memory,
  'load: timer late p99, ms': (m) => m.late,
  'load: cores used': (m) => m.playerCores,
  [OTHERS]: (m) => m.otherCores,
};

export function reportOf(
  rounds: readonly Round[],
  about: Pick<Report, 'versions' | 'leftOut'> & { load: Load; processes: number },
): Report {
  const subjects = Object.keys(rounds[0] ?? {});
  const bySubject = <T>(make: (subject: string) => T): Record<string, T> =>
    Object.fromEntries(subjects.map((subject) => [subject, make(subject)]));
  const figures = Object.fromEntries(
    Object.entries(FIGURES).map(([name, figure]) => {
      const values = (subject: string) => rounds.map((round) => figure(round[subject]!, round));
      const known = subjects.filter((subject) => values(subject).every((value) => value !== undefined));
      return [name, Object.fromEntries(known.map((subject) => [subject, spread(values(subject) as number[])]))];
    }),
  );
  const total = (subject: string, figure: (measured: Measured) => number): number =>
    sum(rounds.map((round) => figure(round[subject]!)));
  const frames = bySubject((subject) => ({
    sent: total(subject, (m) => m.sent),
    lost: total(subject, (m) => m.lost),
    wrong: total(subject, (m) => m.wrong),
  }));
  const { processes } = about;
  const shared = `bridge ×${processes}`;
  const times = rounds.map(
    (round) => (processes * (round.bridge?.cpu ?? Number.NaN)) / (round[shared]?.cpu ?? Number.NaN),
  );
  return {
    versions: about.versions,
    machine: { cores: availableParallelism(), model: cpus()[0]?.model ?? 'unknown' },
    load: { ...about.load, rounds: rounds.length },
    figures,
    frames,
    aims: aimsOf(figures, frames),
    scaling: processes > 1 && subjects.includes(shared) ? { processes, times: median(times) } : undefined,
    leftOut: about.leftOut,
  };
}
