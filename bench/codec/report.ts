import type { Timing } from './timing.ts';

/** Medians of one conversion. */
export interface Line {
  from: string;
  to: string;
  /** In 20 ms frames, as the bridge does it. */
  frames: Timing;
  /** In pieces of one minute. */
  whole: Timing;
  sox: Timing | undefined;
}

export interface Report {
  minutes: number;
  rounds: number;
  node: string;
  sox: string | undefined;
  lines: Line[];
}

const HEAD = ['conversion', '20 ms frames', 'whole', 'sox', 'frames : sox', 'by processor time'];

/** A table of how many times faster than real time each is, and of the product's speed as a part of sox's. */
export function textOf({ minutes, rounds, node, sox, lines }: Report): string {
  const times = ({ wallS }: Timing): string => `${Math.round((minutes * 60) / wallS).toLocaleString('en')} x`;
  const rows = lines.map(({ from, to, frames, whole, sox }) => [
    `${from} -> ${to}`,
    times(frames),
    times(whole),
    sox ? times(sox) : '-',
    sox ? (sox.wallS / frames.wallS).toFixed(2) : '-',
    sox ? (sox.cpuS / frames.cpuS).toFixed(2) : '-',
  ]);
  const widths = HEAD.map((head, i) => Math.max(head.length, ...rows.map((row) => row[i]!.length)));
  const print = (row: string[]): string =>
    row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!))).join('  ');
  return [
    `${minutes} minutes of audio, median of ${rounds} rounds, times real time by the clock; Node ${node}, ${sox ?? 'no sox'}`,
    '',
    print(HEAD),
    ...rows.map(print),
  ].join('\n');
}
