import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { parseArgs } from 'node:util';
import { median } from '../statistics.ts';
import { fill } from './fill.ts';
import { costOf } from './hold.ts';
import { FORMER, KEYS, openSubject, type Question } from './questions.ts';

const HELP = `How long each question to the API holds the thread that carries voices, on a SQLite database of many bookings.

  npm run bench:records -- [--bookings N] [--rounds N] [--json]

  --bookings  rows of the table (1000000); a million take some 3 GB in the temporary folder
  --rounds    every question is asked this many times (20)
  --json      the report as JSON

"held" is the processor time of the longest turn of that thread's event loop, with the product as it is: so long a voice waits. "stood" is the
longest time between two turns, whatever else the machine did meanwhile; the first line, in which nothing is asked, is its own noise. "before" is the
time of the same statements (or, marked *, of those of the version that counted and searched all rows) when they run on that thread itself, as they did.
`;

const { values } = parseArgs({
  options: {
    bookings: { type: 'string', default: '1000000' },
    rounds: { type: 'string', default: '20' },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
if (values.help) {
  console.log(HELP);
  process.exit(0);
}

const count = (name: 'bookings' | 'rounds', least: number): number => {
  const value = Number(values[name]);
  if (Number.isInteger(value) && value >= least) return value;
  console.error(`--${name} is "${values[name]}"; give a whole number from ${least} on`);
  return process.exit(1);
};
const bookings = count('bookings', 1_000);
const rounds = count('rounds', 1);

interface Line {
  question: string;
  held_ms: number;
  stood_ms: number;
  answered_ms: number;
  before_ms: number | null;
  former: boolean;
}

const folder = mkdtempSync(join(tmpdir(), 'vocero-records-'));
const path = join(folder, 'vocero.db');
try {
  const began = performance.now();
  await fill(path, bookings, [KEYS.many.owner, KEYS.few.owner]);
  const megabytes = Math.round(statSync(path).size / 1e6);
  if (!values.json)
    console.log(
      `${bookings.toLocaleString('en')} bookings, ${megabytes} MB, filled in ${Math.round((performance.now() - began) / 1_000)} s; ${rounds} rounds\n`,
    );
  const lines = await measured();
  if (values.json) console.log(JSON.stringify({ bookings, megabytes, rounds, lines }, null, 2));
  else show(lines);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function measured(): Promise<Line[]> {
  const heard: { sql: string; parameters: readonly unknown[] }[] = [];
  const subject = await openSubject(path, (query) => heard.push(query));
  const beside = new DatabaseSync(path, { readOnly: true });
  const idle: Question = { name: '(nothing is asked)', ask: () => new Promise((resolve) => setTimeout(resolve, 20)) };
  const lines: Line[] = [];
  for (const { name, ask } of [idle, ...subject.questions(bookings)]) {
    // Once before: statements are prepared and code is compiled once in the life of a process.
    await ask(0);
    heard.length = 0;
    const costs = [];
    for (let round = 1; round <= rounds; round++) costs.push(await costOf(() => ask(round)));
    const reads = heard.filter(({ sql }) => /^\s*select/i.test(sql)).slice(-Math.ceil(heard.length / rounds));
    const former = FORMER[name];
    const statements = former ? [{ sql: former, parameters: [] }] : reads;
    lines.push({
      question: name,
      held_ms: Math.max(...costs.map(({ held }) => held)),
      stood_ms: Math.max(...costs.map(({ stood }) => stood)),
      answered_ms: median(costs.map(({ answered }) => answered)),
      before_ms: statements.length === 0 ? null : onThisThread(beside, statements),
      former: former !== undefined,
    });
  }
  beside.close();
  await subject.close();
  return lines;
}

/** The shortest of three: what the machine did beside it only adds. */
function onThisThread(db: DatabaseSync, statements: { sql: string; parameters: readonly unknown[] }[]): number {
  const times = [1, 2, 3].map(() => {
    const began = performance.now();
    for (const { sql, parameters } of statements) db.prepare(sql).all(...(parameters as string[]));
    return performance.now() - began;
  });
  return Math.min(...times);
}

function show(lines: Line[]): void {
  const ms = (value: number | null): string => (value === null ? '' : value.toFixed(2)).padStart(10);
  console.log(`${'ms'.padEnd(52)}${['held', 'stood', 'answered', 'before'].map((name) => name.padStart(10)).join('')}`);
  for (const { question, held_ms, stood_ms, answered_ms, before_ms, former } of lines)
    console.log(
      `${question.padEnd(52)}${ms(held_ms)}${ms(stood_ms)}${ms(answered_ms)}${ms(before_ms)}${former ? ' *' : ''}`,
    );
}
