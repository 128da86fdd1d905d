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
/** By the clock, which others on the machine slow down, and of the processor, which they hardly do. */
const taken = SUBJECTS.map(() => ({ wall: [] as number[], cpu: [] as number[] }));
for (let round = 0; round <= rounds; round++) {
  for (const [at, talk] of set.entries()) {
    for (const [which, { work }] of SUBJECTS.entries()) {
      const cpu = process.threadCpuUsage();
      const started = performance.now();
      work(talk, texts[at]!);
      const wall = performance.now() - started;
      const { user, system } = process.threadCpuUsage(cpu);
      if (round === 0) continue;
      taken[which]!.wall.push(wall);
      taken[which]!.cpu.push((user + system) / 1000);
    }
  }
}

const figures = (ms: readonly number[]) => ({ p50: quantile(ms, 0.5), p99: quantile(ms, 0.99), max: Math.max(...ms) });
const milliseconds = SUBJECTS.map(({ name }, which) => {
  const { wall, cpu } = taken[which]!;
  return { name, wall: figures(wall), cpu: figures(cpu) };
});

if (values.json) console.log(JSON.stringify({ turns, talks, rounds, node: process.version, milliseconds }, null, 2));
else {
  const line = (name: string, cells: readonly string[]): string =>
    name.padEnd(16) + cells.map((cell) => cell.padStart(10)).join('');
  console.log(`${talks} talks of ${turns} turns, ${rounds} times; Node ${process.version}; milliseconds`);
  console.log(line('', ['cpu p50', 'p99', 'max', 'wall p50', 'p99', 'max']));
  for (const { name, cpu, wall } of milliseconds) {
    const all = [cpu.p50, cpu.p99, cpu.max, wall.p50, wall.p99, wall.max];
    console.log(
      line(
        name,
        all.map((ms) => ms.toFixed(3)),
      ),
    );
  }
}
const { p99 } = milliseconds[0]!.cpu;
if (p99 > AIM_MS) {
  console.error(`reading takes ${p99.toFixed(1)} ms of the processor at the 99th percentile; the aim is ${AIM_MS} ms`);
  process.exitCode = 1;
}
