import { readFileSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import type { Load, Measured } from './measure.ts';
import { median, type Spread, spread } from './statistics.ts';

export type Round = Record<'product' | 'bare', Measured>;

/** A dial may take this many times as long as a bare workflow's first activity… */
const DIAL_AIM = 2;
/** …and this share of a bare workflow's throughput is to be reached. */
const THROUGHPUT_AIM = 0.5;

type Figure = (measured: Measured) => number;

const FIGURES = {
  'alone p50': [(m) => m.alone.p50, 'ms'],
  'alone p99': [(m) => m.alone.p99, 'ms'],
  'loaded p50': [(m) => m.loaded.p50, 'ms'],
  'loaded p99': [(m) => m.loaded.p99, 'ms'],
  throughput: [(m) => m.perSecond, '/s'],
  'CPU, own process': [(m) => m.cpuOwn * 1000, 'ms each'],
  'CPU, Temporal server': [(m) => m.cpuServer * 1000, 'ms each'],
} satisfies Record<string, [Figure, string]>;

interface Row {
  unit: string;
  product: Spread;
  bare: Spread;
  /** Product to bare, of each round by itself: the two of a round had the same machine. */
  ratio: Spread;
}

export interface Report {
  versions: Record<string, string>;
  machine: { cores: number; model: string };
  load: Load & { rounds: number };
  figures: Record<string, Row>;
  aims: {
    dial: { ratio: number; atMost: number; met: boolean };
    throughput: { ratio: number; atLeast: number; met: boolean };
  };
}

const versionOf = (name: string): string =>
  (
    JSON.parse(readFileSync(new URL(`../node_modules/${name}/package.json`, import.meta.url), 'utf8')) as {
      version: string;
    }
  ).version;

export function reportOf(rounds: readonly Round[], load: Load, temporal: string): Report {
  const figures = Object.fromEntries(
    Object.entries(FIGURES).map(([name, [figure, unit]]): [string, Row] => {
      const of = (subject: keyof Round): number[] => rounds.map((round) => figure(round[subject]));
      const ratio = rounds.map((round) => figure(round.product) / figure(round.bare));
      return [name, { unit, product: spread(of('product')), bare: spread(of('bare')), ratio: spread(ratio) }];
    }),
  );
  const dial = median(rounds.map(({ product, bare }) => product.alone.p50 / bare.alone.p50));
  const throughput = median(rounds.map(({ product, bare }) => product.perSecond / bare.perSecond));
  return {
    versions: { node: process.versions.node, 'temporal sdk': versionOf('@temporalio/worker'), temporal },
    machine: { cores: availableParallelism(), model: cpus()[0]?.model ?? 'unknown' },
    load: { ...load, rounds: rounds.length },
    figures,
    aims: {
      dial: { ratio: dial, atMost: DIAL_AIM, met: dial <= DIAL_AIM },
      throughput: { ratio: throughput, atLeast: THROUGHPUT_AIM, met: throughput >= THROUGHPUT_AIM },
    },
  };
}

const short = (value: number): string =>
  Number.isNaN(value) ? '?' : value.toFixed(value < 10 ? 2 : value < 100 ? 1 : 0);
const shown = ({ min, median, max }: Spread): string => `${short(median)} (${short(min)}–${short(max)})`;

/** For people. Every figure is the median of the rounds, with the lowest and the highest beside it. */
export function textOf({ versions, machine, load, figures, aims }: Report): string {
  const rows = Object.entries(figures).map(([name, { unit, product, bare, ratio }]) => [
    `${name}, ${unit}`,
    shown(product),
    shown(bare),
    shown(ratio),
  ]);
  const table = [['', 'product', 'bare workflow', 'ratio'], ...rows];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...table.map((row) => row[column]!.length)));
  const lines = table.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column]!))
      .join('  ')
      .trimEnd(),
  );
  const verdict = (met: boolean): string => (met ? 'met' : 'NOT met');
  return [
    Object.entries(versions)
      .map(([name, version]) => `${name} ${version}`)
      .join(', '),
    `${machine.cores} cores (${machine.model}); ${load.rounds} rounds; alone: ${load.alone} one after the other; loaded: ${load.total}, ${load.inFlight} at a time`,
    '',
    ...lines,
    '',
    'Median of the rounds (lowest–highest). p50 and p99: from POST /v1/bookings to the provider seeing the dial, and from',
    'the client’s start call to the activity running. The product does HTTP, a database and a phone call’s whole life; the',
    'bare workflow is started directly and does one activity, one signal and a result.',
    `dial p50 alone, at most ${aims.dial.atMost} × bare: ${short(aims.dial.ratio)} × (${verdict(aims.dial.met)})`,
    `throughput, at least ${aims.throughput.atLeast} × bare: ${short(aims.throughput.ratio)} × (${verdict(aims.throughput.met)})`,
  ].join('\n');
}
