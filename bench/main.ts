import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Client, Connection } from '@temporalio/client';
import { startDevServer } from '../temporal/dev-server.ts';
import { findTemporalCli } from '../temporal/find-cli.ts';
import { nextFreePort } from '../temporal/free-port.ts';
import { bareSubject } from './bare/subject.ts';
import { Child } from './child.ts';
import { CleanUp } from './clean-up.ts';
import { type Load, measure, run } from './measure.ts';
import { productSubject } from './product.ts';
import { Provider } from './provider.ts';
import { type Round, reportOf, textOf } from './report.ts';
import type { Subject } from './subject.ts';

const HELP = `How fast bookings go, beside a bare workflow on the same server in the same run.

  npm run bench -- [--rounds N] [--alone N] [--total N] [--in-flight N] [--json]

  --rounds     both are measured in turn this many times (5)
  --alone      of each, one after the other, for the latency of an idle system (30)
  --total      of each, with several under way, for throughput and latency under load (100)
  --in-flight  how many are under way then (20)
  --json       the report as JSON
`;

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    alone: { type: 'string', default: '30' },
    total: { type: 'string', default: '100' },
    'in-flight': { type: 'string', default: '20' },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

const count = (name: 'rounds' | 'alone' | 'total' | 'in-flight'): number => {
  const value = Number(values[name]);
  if (Number.isInteger(value) && value > 0) return value;
  console.error(`--${name} is "${values[name]}"; give a whole number from 1 on\n\n${HELP}`);
  process.exit(2);
};

if (values.help) {
  console.log(HELP);
  process.exit(0);
}
const rounds = count('rounds');
const load: Load = { alone: count('alone'), total: count('total'), inFlight: count('in-flight') };
const say = (line: string): void => console.error(`  ${line}`);

/** Enough that compilers have done their work before anything is counted. */
const WARM_UP = 100;
const NAMESPACE = 'default';

const cleanUp = new CleanUp('vocero-bench-');
const { folder } = cleanUp;

async function bench(): Promise<void> {
  const executable = await findTemporalCli({ env: process.env, progress: say });
  const server = await startDevServer({
    executable,
    dataDir: folder,
    port: 17_233,
    namespace: NAMESPACE,
    progress: say,
  });
  cleanUp.owe(server.stop);
  const connection = await Connection.connect({ address: server.address });
  cleanUp.owe(() => connection.close());
  const client = new Client({ connection, namespace: NAMESPACE });

  const port = await nextFreePort(13_000);
  const productUrl = `http://127.0.0.1:${port}`;
  const provider = await Provider.start(productUrl);
  cleanUp.owe(() => provider.close());
  const env = (name: string): Record<string, string> => ({
    TEMPORAL_ADDRESS: server.address,
    TEMPORAL_TASK_QUEUE: name,
    DATA_DIR: join(folder, name),
    PORT: String(port),
    PUBLIC_URL: productUrl,
    CALLING_WINDOW: '00:00-24:00',
    TWILIO_CALLS_PER_SECOND: '1000',
    ELEVENLABS_CALLS_PER_SECOND: '1000',
    ...provider.env,
  });
  const start = async (name: string, file: string): Promise<Child> => {
    const child = await Child.start(file, env(name), join(folder, `${name}.log`), lost);
    cleanUp.owe(() => child.stop());
    return child;
  };
  const subjects: Subject[] = [
    productSubject(client, productUrl, provider, await start('product', './product-process.ts')),
    bareSubject(client, 'bare', await start('bare', './bare/process.ts')),
  ];
  const serverPid = pidIn(join(folder, 'temporal', 'server.json'));

  say('warming up');
  for (const subject of subjects) await run(subject, WARM_UP, load.inFlight);
  const measured: Round[] = [];
  for (let n = 1; n <= rounds; n++) {
    say(`round ${n} of ${rounds}`);
    const round: Partial<Round> = {};
    // Who goes first changes, so that a machine that grows slower (or a database that grows) favours nobody.
    for (const subject of n % 2 === 1 ? subjects : subjects.toReversed()) {
      round[subject.name] = await measure(subject, load, serverPid);
    }
    measured.push(round as Round);
  }
  if (provider.refused.length > 0) {
    throw new Error(`the product refused ${provider.refused.length} webhooks, first: ${provider.refused[0]}`);
  }
  const { serverVersion } = await client.workflowService.getSystemInfo({});
  const report = reportOf(measured, load, serverVersion ?? 'unknown');
  console.log(values.json ? JSON.stringify(report, null, 2) : textOf(report));
}

function pidIn(file: string): number | undefined {
  try {
    return (JSON.parse(readFileSync(file, 'utf8')) as { pid: number }).pid;
  } catch {
    return undefined;
  }
}

function lost(error: Error): void {
  console.error(error.message);
  void cleanUp.end(1);
}

try {
  await bench();
  await cleanUp.end(0);
} catch (error) {
  if (!cleanUp.ending) console.error(error);
  await cleanUp.end(1);
}
