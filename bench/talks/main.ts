import { parseArgs } from 'node:util';
import { findingOf, judge, type RecordedTalk } from '../../domain/judge.ts';
import { longTalk } from '../../test/simulation/talks/long.ts';
import { quantile } from '../statistics.ts';

const HELP = `How long it takes to read a talk and judge it, beside parsing the same talk as JSON in the same run.

  npm run bench:talks -- [--turns N] [--talks N] [--rounds N] [--json]

  --turns   turns of each talk (60)
  --talks   so many different ones, half of them Spanish (200)
  --rounds  each is read so many times; the first round warms up and does not count (10)
  --json    the report as JSON
`;

/** A workflow task waits for it: the aim. */
const AIM_MS = 5;

const { values } = parseArgs({
  options: {
    turns: { type: 'string', default: '60' },
    talks: { type: 'string', default: '200' },
    rounds: { type: 'string', default: '10' },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

if (values.help) {
  console.log(HELP);
  process.exit(0);
}

const count = (name: 'turns' | 'talks' | 'rounds'): number => {
  const value = Number(values[name]);
  if (Number.isInteger(value) && value > 0) return value;
  console.error(`--${name} is "${values[name]}"; give a whole number from 1 on\n\n${HELP}`);
  return process.exit(2);
};
const [turns, talks, rounds] = [count('turns'), count('talks'), count('rounds')];

interface Subject {
  name: string;
  work(talk: RecordedTalk, text: string): unknown;
}

const SUBJECTS: readonly Subject[] = [
  { name: 'read', work: findingOf },
  { name: 'read and judge', work: judge },
  { name: 'JSON.parse', work: (_, text) => JSON.parse(text) },
];

const set = Array.from({ length: talks }, (_, at) => longTalk(at + 1, at % 2 === 0 ? 'es' : 'en', turns));
const texts = set.map((talk) => JSON.stringify(talk));
const taken = SUBJECTS.map(() => [] as number[]);
for (let round = 0; round <= rounds; round++) {
  for (const [at, talk] of set.entries()) {
    for (const [which, { work }] of SUBJECTS.entries()) {
      const started = performance.now();
      work(talk, texts[at]!);
      const ms = performance.now() - started;
      if (round > 0) taken[which]!.push(ms);
    }
  }
}

const report = {
  turns,
  talks,
  rounds,
  node: process.version,
  milliseconds: SUBJECTS.map(({ name }, which) => ({
    name,
    p50: quantile(taken[which]!, 0.5),
    p99: quantile(taken[which]!, 0.99),
    max: Math.max(...taken[which]!),
  })),
};

if (values.json) console.log(JSON.stringify(report, null, 2));
else {
  console.log(`${talks} talks of ${turns} turns, read ${rounds} times; Node ${process.version}; milliseconds`);
  console.log(['', 'p50', 'p99', 'max'].map((cell, at) => (at === 0 ? cell.padEnd(16) : cell.padStart(9))).join(''));
  for (const { name, p50, p99, max } of report.milliseconds)
    console.log(name.padEnd(16) + [p50, p99, max].map((ms) => ms.toFixed(3).padStart(9)).join(''));
}
const [read] = report.milliseconds;
if (read!.p99 > AIM_MS) {
  console.error(`reading takes ${read!.p99.toFixed(1)} ms at the 99th percentile; the aim is ${AIM_MS} ms`);
  process.exitCode = 1;
}
