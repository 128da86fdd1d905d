import type { Spread } from '../statistics.ts';
import { OTHERS, type Report } from './report.ts';

/** More of a core than this for others, and delays say little. */
const QUIET = 0.3;

const short = (value: number): string => {
  if (Number.isNaN(value)) return '?';
  const size = Math.abs(value);
  return value.toFixed(size < 10 ? 2 : size < 100 ? 1 : 0);
};

const shown = (spread: Spread | undefined, rounds: number): string => {
  if (!spread) return '-';
  const { min, median, max } = spread;
  return rounds === 1 ? short(median) : `${short(median)} (${short(min)}–${short(max)})`;
};

/** For people. */
export function textOf({ versions, machine, load, figures, frames, aims, scaling, leftOut }: Report): string {
  const subjects = Object.keys(frames);
  const table = [
    ['', ...subjects],
    ...Object.entries(figures)
      .filter(([, row]) => Object.keys(row).length > 0)
      .map(([name, row]) => [name, ...subjects.map((subject) => shown(row[subject], load.rounds))]),
    ['frames sent', ...subjects.map((subject) => String(frames[subject]!.sent))],
    ['frames lost', ...subjects.map((subject) => String(frames[subject]!.lost))],
    ['frames or calls gone wrong', ...subjects.map((subject) => String(frames[subject]!.wrong))],
  ];
  const widths = table[0]!.map((_, column) => Math.max(...table.map((row) => row[column]!.length)));
  const lines = table.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column]!))
      .join('  ')
      .trimEnd(),
  );
  const others = Math.max(...Object.values(figures[OTHERS] ?? {}).map(({ median }) => median));
  const verdict = (met: boolean | undefined): string => (met === undefined ? 'not measured' : met ? 'met' : 'NOT met');
  return [
    Object.entries(versions)
      .map(([name, version]) => `${name} ${version}`)
      .join(', '),
    `${machine.cores} cores (${machine.model}); ${load.calls} calls at one time, 50 frames a second each way and call; ${load.rounds} rounds of ${load.seconds} s`,
    '',
    ...lines,
    '',
    'Median of the rounds (lowest–highest). Round trip: phone, subject, agent, subject, phone; added: more than through the',
    'bare TCP pipe. The load runs in the bench’s own process on the same cores: where its timer is late, delays are its own.',
    ...(others > QUIET
      ? [
          `The machine had other work (${short(others)} cores of it): delays are not the subjects’ alone, CPU is less disturbed.`,
        ]
      : []),
    ...aims.map(({ what, value, met }) => `${what}: ${value === undefined ? '' : `${short(value)} `}(${verdict(met)})`),
    ...(scaling
      ? [`${scaling.processes} processes carry ${short(scaling.times)} × the calls of one, by CPU per call`]
      : []),
    ...Object.entries(leftOut).map(([name, why]) => `left out: ${name} (${why})`),
  ].join('\n');
}
