import { mkdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { getHeapStatistics } from 'node:v8';
import { cpuOf } from '../bridge/proc.ts';
import { CleanUp } from '../clean-up.ts';
import { median } from '../statistics.ts';
import { dialTimes, placeWaiting, windowNow } from './bookings.ts';
import { familyOf, peakMb, residentMb } from './proc.ts';
import { startProduct } from './started.ts';

/** The SDK's own default, which was ours until it was measured: 600 for each GB of heap, 200 MB left out. */
const BEFORE = Math.floor(((getHeapStatistics().heap_size_limit / 2 ** 20 - 200) * 600) / 1024);

const HELP = `How much memory \`npm start\` takes: at rest, and with bookings that wait for the calling window.

  npm run bench:memory -- [--bookings N] [--cached A,B] [--dials N] [--json]

  --bookings  that wait (10000)
  --cached    WORKER_CACHED_WORKFLOWS to compare, each on a product of its own (now,before; before is ${BEFORE} here)
  --dials     of other bookings, one after the other, before and while those wait (15)
  --json      the report as JSON
`;

const { values } = parseArgs({
  options: {
    bookings: { type: 'string', default: '10000' },
    cached: { type: 'string', default: 'now,before' },
    dials: { type: 'string', default: '15' },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

if (values.help) {
  console.log(HELP);
  process.exit(0);
}

const count = (name: 'bookings' | 'dials'): number => {
  const value = Number(values[name]);
  if (Number.isInteger(value) && value > 0) return value;
  console.error(`--${name} is "${values[name]}"; give a whole number from 1 on\n\n${HELP}`);
  process.exit(2);
};
const bookings = count('bookings');
const dials = count('dials');
const AT_ONCE = 20;
/** A process is at rest when it has computed less than this share of one core for some seconds. */
const QUIET_SHARE = 0.05;
const QUIET_MS = 5_000;
/** V8 gives memory back when it has been idle for a while. */
const IDLE_MS = 45_000;
const PATIENCE_MS = 1_200_000;

interface Weight {
  /** The process that serves, MB. */
  own: number;
  /** With Temporal and its keeper. */
  all: number;
}

interface Round {
  cached: string;
  startSeconds: number;
  rest: Weight;
  waiting: Weight;
  peak: number;
  placeSeconds: number;
  dialMs: { rest: number; waiting: number };
}

const say = (line: string): void => console.error(`  ${line}`);
const cleanUp = new CleanUp('vocero-bench-memory-');

const weigh = (pid: number): Weight => ({
  own: residentMb(pid),
  all: familyOf(pid)
    .map(residentMb)
    .reduce((sum, mb) => sum + mb, 0),
});

async function quiet(pid: number): Promise<void> {
  for (const until = performance.now() + PATIENCE_MS; performance.now() < until; ) {
    const before = cpuOf(pid).total;
    await delay(QUIET_MS);
    if (cpuOf(pid).total - before < (QUIET_SHARE * QUIET_MS) / 1000) return;
  }
  throw new Error('the product did not come to rest');
}

async function round(cached: string): Promise<Round> {
  const folder = join(cleanUp.folder, cached);
  mkdirSync(folder);
  const setting = cached === 'now' ? undefined : cached === 'before' ? BEFORE : Number(cached);
  const product = await startProduct(folder, {
    CALLING_WINDOW: windowNow(),
    ...(setting === undefined ? {} : { WORKER_CACHED_WORKFLOWS: String(setting) }),
  });
  const paid = cleanUp.owe(() => product.stop());
  const { pid, url } = product;
  await quiet(pid);
  await delay(IDLE_MS);
  const rest = weigh(pid);
  say(`${cached}: ready after ${product.seconds.toFixed(1)} s, ${rest.own} MB at rest`);
  // The first dials also compile what they use.
  await dialTimes(url, dials);
  const alone = median(await dialTimes(url, dials, dials));
  const began = performance.now();
  await placeWaiting(url, bookings, AT_ONCE);
  const placeSeconds = (performance.now() - began) / 1000;
  say(`${cached}: ${bookings} placed in ${placeSeconds.toFixed(0)} s`);
  await quiet(pid);
  await delay(IDLE_MS);
  const waiting = weigh(pid);
  say(`${cached}: ${waiting.own} MB with them waiting`);
  const beside = median(await dialTimes(url, dials, 2 * dials));
  const peak = peakMb(pid);
  await product.stop();
  paid();
  return {
    cached: setting === undefined ? 'default' : String(setting),
    startSeconds: product.seconds,
    rest,
    waiting,
    peak,
    placeSeconds,
    dialMs: { rest: alone, waiting: beside },
  };
}

function textOf(rounds: readonly Round[]): string {
  const rows: [string, (round: Round) => string][] = [
    ['WORKER_CACHED_WORKFLOWS', ({ cached }) => cached],
    ['at rest, own process, MB', ({ rest }) => String(rest.own)],
    ['at rest, with Temporal, MB', ({ rest }) => String(rest.all)],
    [`${bookings} waiting, own process, MB`, ({ waiting }) => String(waiting.own)],
    [`${bookings} waiting, with Temporal, MB`, ({ waiting }) => String(waiting.all)],
    ['most, own process, MB', ({ peak }) => String(peak)],
    ['ready after, s', ({ startSeconds }) => startSeconds.toFixed(1)],
    [`placing ${bookings}, s`, ({ placeSeconds }) => placeSeconds.toFixed(0)],
    ['a dial alone, p50 ms', ({ dialMs }) => dialMs.rest.toFixed(0)],
    ['a dial beside them, p50 ms', ({ dialMs }) => dialMs.waiting.toFixed(0)],
  ];
  const width = Math.max(...rows.map(([name]) => name.length));
  const lines = rows.map(
    ([name, of]) => `${name.padEnd(width)}  ${rounds.map((one) => of(one).padStart(8)).join('  ')}`,
  );
  return [`node ${process.versions.node}, ${availableParallelism()} cores`, '', ...lines].join('\n');
}

try {
  const rounds: Round[] = [];
  for (const cached of values.cached.split(',')) rounds.push(await round(cached));
  console.log(values.json ? JSON.stringify(rounds, null, 2) : textOf(rounds));
  await cleanUp.end(0);
} catch (error) {
  if (!cleanUp.ending) console.error(error);
  await cleanUp.end(1);
}
