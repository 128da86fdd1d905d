import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Vocero } from '../../clients/typescript/src/index.ts';
import type { BatchView } from '../../domain/batch/view.ts';
import { startPostgres } from '../../test/records/postgres.ts';
import { residentMb } from '../memory/proc.ts';
import { startProduct } from '../memory/started.ts';
import { quantile } from '../statistics.ts';
import { freedToDial } from './gaps.ts';
import { startSeveral } from './several.ts';

const HELP = `A batch of many rows, on the product as \`npm start\` runs it: check, acceptance, report, and rows that become bookings and are dialed.

  npm run bench:many -- [--rows N] [--seconds N] [--talk] [--postgres] [--workers N] [--json]

  --rows      rows of the file (10000)
  --seconds   the batch runs for so long, with 100 calls at once to numbers that the provider refuses at once (60)
  --talk      the batch calls numbers that answer and talk, 15 at once, so that 5 of the 20 places stay free
  --postgres  records on PostgreSQL instead of SQLite
  --workers   one API and so many workers, each a process; otherwise all in one
  --json      the report as JSON

A single booking is placed while the batch runs: "single" is the time until it is dialed. Without --talk every call ends at once, so the
machine itself is the limit, and the single booking waits for it like all others. "freed to dial" is the time from the end of a call to the
dial that takes its place, in milliseconds.
`;

const { values } = parseArgs({
  options: {
    rows: { type: 'string', default: '10000' },
    seconds: { type: 'string', default: '60' },
    talk: { type: 'boolean', default: false },
    postgres: { type: 'boolean', default: false },
    workers: { type: 'string', default: '0' },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
if (values.help) {
  console.log(HELP);
  process.exit(0);
}

const count = (name: 'rows' | 'seconds' | 'workers', most: number, least = 1): number => {
  const value = Number(values[name]);
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  console.error(`--${name} is "${values[name]}"; give a whole number from ${least} to ${most}`);
  return process.exit(2);
};
const rows = count('rows', 10_000);
const seconds = count('seconds', 3_600);
const workers = count('workers', 8, 0);
/** Calls of the batch at once. */
const most = values.talk ? 15 : 100;

/** Numbers that the sandbox refuses as invalid (a dial costs what it costs us, and nothing rings), or that answer. */
const numberOf = (i: number): string =>
  `+54114${String(Math.floor(i / 10)).padStart(3, '0')}0${i % 10}${values.talk ? '00' : '96'}`;

const CSV = [
  'key;telefono;business_name;service_type;user_name;preferred_date',
  ...Array.from({ length: rows }, (_, i) => `paciente-${i};${numberOf(i)};Clínica Dental ${i};dentista;Mauro;mañana`),
].join('\r\n');

const DEFAULTS = {
  escalation: { native: { max_attempts: 1 }, bridge: { enabled: false }, simulation: { enabled: false } },
};

const folder = mkdtempSync(join(tmpdir(), 'vocero-many-'));
const postgres = values.postgres ? await startPostgres() : undefined;
if (postgres && 'unavailable' in postgres) {
  console.error(`There is no PostgreSQL here: ${postgres.unavailable}`);
  process.exit(1);
}
const env = {
  CALLING_WINDOW: '00:00-24:00',
  ELEVENLABS_MAX_CONCURRENT_CALLS: '20',
  ELEVENLABS_CALLS_PER_SECOND: '1000',
  TWILIO_CALLS_PER_SECOND: '1000',
  ...(postgres ? { DATABASE_URL: await postgres.newDatabase() } : {}),
};
const product = workers > 0 ? await startSeveral(folder, workers, env) : await startProduct(folder, env);

const vocero = new Vocero({ url: product.url });

async function timed<T>(work: () => Promise<T>): Promise<{ ms: number; answer: T }> {
  const began = performance.now();
  const answer = await work();
  return { ms: Math.round(performance.now() - began), answer };
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

async function single(): Promise<number> {
  const began = performance.now();
  const { id } = await vocero.bookings.create({
    business: { name: 'Una sola', phone: '+541155550096' },
    request: { service_type: 'dentista', preferred_date: 'mañana', user_name: 'Mauro' },
    ...DEFAULTS,
  });
  for (;;) {
    const { attempts } = await vocero.bookings.get(id);
    if (attempts.length > 0) return Math.round(performance.now() - began);
    await pause(20);
  }
}

try {
  const query = { defaults: JSON.stringify(DEFAULTS), max_concurrent: most, start: 'held' };
  const table = { query, body: CSV, headers: { 'content-type': 'text/csv' } };
  const check = await timed(() => vocero.request<{ valid: number }>('POST', '/v1/batches/check', table));
  if (check.answer.valid !== rows) throw new Error(`only ${check.answer.valid} of ${rows} rows are valid`);
  const accept = await timed(() => vocero.request<BatchView>('POST', '/v1/batches', table));
  const { id } = accept.answer;
  const began = performance.now();
  await vocero.batches.start(id);
  await pause((seconds * 1000) / 2);
  const alone = await single();
  await pause(Math.max(0, seconds * 1000 - (performance.now() - began)));
  const { counts } = await vocero.batches.get(id);
  const ran = (performance.now() - began) / 1000;
  const ended = counts.total - counts.waiting - counts.in_progress;
  await vocero.batches.pause(id);
  const report = await timed(() => vocero.batches.report(id));
  const lines = report.answer.trimEnd().split('\r\n').length - 1;
  if (lines !== rows) throw new Error(`the report has ${lines} rows instead of ${rows}`);
  const bookings = await vocero.bookings.list({ batch: id, limit: 100 }).all();
  const dialed = bookings.filter(({ attempts }) => attempts.length > 0);
  const gaps = freedToDial(dialed, most);
  const found = {
    rows,
    workers: workers || 'in the process of the API',
    database: postgres ? 'PostgreSQL' : 'SQLite',
    check_ms: check.ms,
    accept_ms: accept.ms,
    ended_per_second: Number((ended / ran).toFixed(1)),
    single_ms: alone,
    freed_to_dial_p50: gaps.length > 0 ? quantile(gaps, 0.5) : 'no place was freed and taken',
    freed_to_dial_p99: gaps.length > 0 ? quantile(gaps, 0.99) : '',
    report_ms: report.ms,
    megabytes: residentMb(product.pid),
    load: readFileSync('/proc/loadavg', 'utf8').split(' ')[0],
  };
  if (values.json) console.log(JSON.stringify(found, null, 2));
  else
    for (const [name, value] of Object.entries(found)) console.log(`${name.replaceAll('_', ' ').padEnd(18)} ${value}`);
} finally {
  await product.stop();
  await postgres?.stop();
  rmSync(folder, { recursive: true, force: true });
}
