import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startSandbox } from '../../sandbox/server.ts';
import { Client } from '../../test/e2e/support/client.ts';
import { ownPort } from '../../test/e2e/support/own-port.ts';
import { end, ready, startProcess, tail } from '../../test/e2e/support/process.ts';
import { casesOf } from './cases.ts';
import { type Played, play } from './play.ts';
import { AIM, reportLines, shareOf } from './report.ts';

const HELP = `The share of calls that meet a hold, a menu or a screener and still end with the right result: the product as it runs,
against the sandbox, with both sides' speech.

  npm run bench:line -- [--rounds N] [--seed N] [--at-once N] [--pace N] [--only CODE] [--channel CHANNEL] [--json]

  --rounds   every meeting on every channel so many times, in Spanish and English (6)
  --seed     which appointments are given, and what happens to webhooks, reports and records (1)
  --at-once  so many bookings at the same time (6)
  --only     only this meeting (70 to 76, as in sandbox/README.md), and then only on --channel: what went wrong, again
  --pace     so many times faster than people talk, at most 6; slower on a machine that does other work (4)
  --json     the bookings as JSON
`;

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '6' },
    seed: { type: 'string', default: '1' },
    'at-once': { type: 'string', default: '6' },
    only: { type: 'string' },
    channel: { type: 'string' },
    pace: { type: 'string', default: '4' },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

if (values.help) {
  console.log(HELP);
  process.exit(0);
}

function count(name: 'rounds' | 'seed' | 'at-once' | 'pace'): number {
  const value = Number(values[name]);
  if (Number.isInteger(value) && value > 0) return value;
  console.error(`--${name} is "${values[name]}"; give a whole number from 1 on\n\n${HELP}`);
  return process.exit(2);
}

const atOnce = count('at-once');
const folder = mkdtempSync(join(tmpdir(), 'vocero-line-'));
const port = await ownPort();
const url = `http://127.0.0.1:${port}`;
const sandbox = await startSandbox({ publicUrl: url, pace: count('pace') });
const product = startProcess(['processes/vocero.mjs', 'start'], folder, {
  ...sandbox.env,
  CALLING_WINDOW: '00:00-24:00',
  TWILIO_CALLS_PER_SECOND: '50',
  ELEVENLABS_CALLS_PER_SECOND: '50',
  PORT: String(port),
  DATA_DIR: join(folder, 'data'),
  TEMPORAL_PORT: String(await ownPort()),
  TEMPORAL_UI_PORT: String(await ownPort()),
  // As many as there are at once, and those that still end.
  TWILIO_MAX_CONCURRENT_CALLS: String(2 * atOnce),
  ELEVENLABS_MAX_CONCURRENT_CALLS: String(2 * atOnce),
});

const played: Played[] = [];
const started = performance.now();
try {
  await ready(product, `${url}/readyz`);
  const client = new Client(url);
  const waiting = casesOf(count('seed'), count('rounds'), Date.now()).filter(
    ({ meeting, channel }) => meeting.code === (values.only ?? meeting.code) && channel === (values.channel ?? channel),
  );
  const total = waiting.length;
  const playOn = async (): Promise<void> => {
    for (let one = waiting.shift(); one; one = waiting.shift()) {
      played.push(await play(one, client, sandbox));
      if (played.length % 10 === 0) console.error(`  ${played.length} of ${total}`);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, playOn));
  const seconds = (performance.now() - started) / 1000;
  console.log(values.json ? JSON.stringify(played, null, 2) : reportLines(played, seconds).join('\n'));
  if (shareOf(played) <= AIM) process.exitCode = 1;
} catch (error) {
  console.error(`${(error as Error).message}\n${tail(product.log())}`);
  process.exitCode = 1;
} finally {
  await end(product);
  await sandbox.close();
  rmSync(folder, { recursive: true, force: true });
}
