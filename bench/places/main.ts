import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { callIdOf } from '../../domain/ids.ts';
import { iso } from '../../domain/iso.ts';
import { openRecords } from '../../records/open.ts';
import type { LineHanded } from '../../records/ports/places.ts';
import { startPostgres } from '../../test/records/postgres.ts';
import { orderOf } from '../../test/records/samples.ts';
import { quantile } from '../statistics.ts';

const HELP = `Bookings that wait for a place in line: how long a freed place takes to the next booking, and how many statements, on both databases.

  npm run bench:places -- [--bookings N] [--places N] [--json]

  --bookings  bookings that wait, of four API keys and twelve batches (10000)
  --places    calls at once (20)
  --json      the report as JSON

"give" is the time of one release: the place is freed, the next booking is chosen, and it holds number and place. The first and the last hundred
gives are shown apart, because the former happen while all wait and the latter while few do.
`;

const { values } = parseArgs({
  options: {
    bookings: { type: 'string', default: '10000' },
    places: { type: 'string', default: '20' },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
if (values.help) {
  console.log(HELP);
  process.exit(0);
}

const count = (name: 'bookings' | 'places', least: number): number => {
  const value = Number(values[name]);
  if (Number.isInteger(value) && value >= least) return value;
  console.error(`--${name} is "${values[name]}"; give a whole number from ${least} on`);
  return process.exit(1);
};
const bookings = count('bookings', 300);
const places = count('places', 1);

interface Line {
  database: string;
  enter_ms: number;
  give_first_ms: number;
  give_last_ms: number;
  give_p99_ms: number;
  statements_first: number;
  statements_last: number;
  gives_per_second: number;
  most_at_once: number;
  served: number;
}

const GATE = 'twilio';
const OWNERS = ['a', 'b', 'c', 'd'];

const mean = (numbers: readonly number[]): number => numbers.reduce((sum, one) => sum + one, 0) / numbers.length;

async function measured(database: string, databaseUrl: string): Promise<Line> {
  let statements = 0;
  const records = await openRecords({ databaseUrl, onQuery: () => statements++ });
  await records.migrate();
  try {
    const lineOf = (id: string): string => `line of ${id}`;
    const ids: string[] = [];
    const entered: number[] = [];
    let handed: LineHanded[] = [];
    for (let i = 0; i < bookings; i++) {
      const owner = OWNERS[i % OWNERS.length]!;
      const order = orderOf(`bk_place${String(i).padStart(15, '0')}`);
      await records.acceptBooking({ order, owner });
      await records.markStarted(order.id);
      ids.push(order.id);
      const now = Date.now();
      const began = performance.now();
      const { taken } = await records.takeLine({
        line_id: lineOf(order.id),
        booking_id: order.id,
        now: iso(now),
        until: iso(now + 3_600_000),
        places: {
          call_id: callIdOf(order.id, 1),
          batch: i % 10 === 9 ? null : `ba_${owner}${i % 3}`,
          wanted: [{ gate: GATE, count: 1, most: places }],
        },
      });
      entered.push(performance.now() - began);
      if (taken) handed.push({ line_id: lineOf(order.id), booking_id: order.id });
    }
    const gives: { ms: number; statements: number }[] = [];
    let most = 0;
    let served = 0;
    const began = performance.now();
    while (handed.length > 0) {
      most = Math.max(most, handed.length);
      const [first, ...others] = handed;
      const before = statements;
      const start = performance.now();
      const next = await records.releaseLine({ ...first!, asked_at: iso(Date.now() + 60_000) });
      if (next.length > 0) gives.push({ ms: performance.now() - start, statements: statements - before });
      served += 1;
      handed = [...others, ...next];
    }
    const seconds = (performance.now() - began) / 1000;
    const first = gives.slice(0, 100);
    const last = gives.slice(-100);
    const times = gives.map(({ ms }) => ms);
    return {
      database,
      enter_ms: quantile(entered, 0.5),
      give_first_ms: quantile(
        first.map(({ ms }) => ms),
        0.5,
      ),
      give_last_ms: quantile(
        last.map(({ ms }) => ms),
        0.5,
      ),
      give_p99_ms: quantile(times, 0.99),
      statements_first: mean(first.map((one) => one.statements)),
      statements_last: mean(last.map((one) => one.statements)),
      gives_per_second: gives.length / seconds,
      most_at_once: most,
      served,
    };
  } finally {
    await records.close();
  }
}

function show(lines: readonly Line[]): void {
  console.log(`${bookings} bookings, ${places} places, node ${process.versions.node}\n`);
  const number = (value: number): string =>
    Number.isInteger(value) ? String(value) : value.toFixed(value < 10 ? 2 : 1);
  for (const { database, ...line } of lines) {
    console.log(database);
    for (const [name, value] of Object.entries(line))
      console.log(`  ${name.replaceAll('_', ' ').padEnd(20)} ${number(value)}`);
  }
}

const folder = mkdtempSync(join(tmpdir(), 'vocero-places-'));
const postgres = await startPostgres();
try {
  const lines = [await measured('SQLite', `file:${join(folder, 'vocero.db')}`)];
  if ('unavailable' in postgres) console.error(`PostgreSQL is left out: ${postgres.unavailable}`);
  else lines.push(await measured('PostgreSQL', await postgres.newDatabase()));
  if (values.json) console.log(JSON.stringify({ bookings, places, lines }, null, 2));
  else show(lines);
  const wrong = lines.filter(({ served, most_at_once }) => served !== bookings || most_at_once !== places);
  if (wrong.length > 0) {
    console.error('a booking was not served, or more calls than places were under way');
    process.exitCode = 1;
  }
} finally {
  if (!('unavailable' in postgres)) await postgres.stop();
  rmSync(folder, { recursive: true, force: true });
}
