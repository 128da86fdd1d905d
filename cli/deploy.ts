// `npm run deploy:promote`, `deploy:status`, `deploy:move`: choose the build of the workers that gets new bookings (docs/deploy.md).
import { parseArgs } from 'node:util';
import { Connection } from '@temporalio/client';
import { type Environment, readEnvironment } from '../config/environment.ts';
import { ConfigError, type ConfigProblem } from '../config/error.ts';
import { callsQueueOf, dialQueuesOf } from '../config/load.ts';
import { FIELDS } from '../config/schema.ts';
import { temporalConnection } from '../config/temporal-connection.ts';
import { buildStates, type Deployment, routingOf } from '../temporal/deployment.ts';
import type { Queues } from '../temporal/pollers.ts';
import { CannotPromote, makeCurrent, moveOpenRuns, ramp, untilPolled } from '../temporal/promote.ts';

const HELP = `Chooses the build of the workers that gets new bookings. Reads TEMPORAL_ADDRESS, TEMPORAL_NAMESPACE, TEMPORAL_TASK_QUEUE, DEPLOYMENT_NAME and BUILD_ID.

  npm run deploy:promote -- [--build-id B] [--ramp PERCENT] [--wait SECONDS]
      gives build B (default: BUILD_ID) all new bookings, once its workers poll; with --ramp only this share; 0 takes the share back
  npm run deploy:status -- [--json]
      shows every build, what still needs it, and whether its workers may be stopped
  npm run deploy:move -- --from A --to B
      moves the open bookings of build A to B, if A cannot run any more and B can replay what A started
`;

interface Desk {
  deployment: Deployment;
  queues: Queues;
  buildId: string | undefined;
  close(): Promise<void>;
}

const NEEDED = FIELDS.pick({ BUILD_ID: true, DEPLOYMENT_NAME: true, TEMPORAL_TASK_QUEUE: true });

/** Reads only the settings that it needs: a machine that deploys needs no credentials of the providers. */
async function open(env: Environment): Promise<Desk> {
  const { connection: external, problems } = temporalConnection(env);
  const found: ConfigProblem[] = [...problems];
  const set = Object.fromEntries(Object.keys(NEEDED.shape).map((name) => [name, env[name] || undefined]));
  const parsed = NEEDED.safeParse(set);
  for (const { path, message } of parsed.error?.issues ?? []) {
    found.push({ variable: String(path[0]), message: `${message}.` });
  }
  if (!external && problems.length === 0) {
    found.push({
      variable: 'TEMPORAL_ADDRESS',
      message: 'is missing: give host:port of the Temporal that the workers use.',
    });
  }
  if (found.length > 0 || !external || !parsed.success) throw new ConfigError(found);
  const { DEPLOYMENT_NAME: name, TEMPORAL_TASK_QUEUE: taskQueue, BUILD_ID: buildId } = parsed.data;
  const connection = await Connection.connect({ ...external.connectionOptions, connectTimeout: '10s' });
  return {
    deployment: { service: connection.workflowService, namespace: external.namespace, name },
    queues: { taskQueue, callsQueue: callsQueueOf(taskQueue), dialQueues: dialQueuesOf(taskQueue) },
    buildId,
    close: () => connection.close(),
  };
}

async function promote({ deployment, queues, buildId: own }: Desk, given: Record<string, unknown>): Promise<void> {
  const buildId = String(given['build-id'] ?? own ?? usage('name the build with --build-id or BUILD_ID'));
  const seconds = wholeNumber('wait', given.wait, 0, 3_600);
  const percent = given.ramp === undefined ? 100 : wholeNumber('ramp', given.ramp, 0, 100);
  // A share is taken back when that build's workers are in trouble, so they need not poll.
  if (percent > 0) await untilPolled(deployment, buildId, queues, seconds * 1_000);
  const before = await routingOf(deployment);
  if (percent === 100) await makeCurrent(deployment, buildId);
  else if (percent > 0 || before?.ramping) await ramp(deployment, buildId, percent);
  const after = await routingOf(deployment);
  console.log(
    `current: ${after?.current ?? 'workers without a build'}${before?.current === after?.current ? '' : ` (was ${before?.current ?? 'workers without a build'})`}`,
  );
  if (after?.ramping) console.log(`ramping: ${after.ramping.buildId}, ${after.ramping.percent} % of new bookings`);
  await status({ deployment, queues }, {});
}

async function status({ deployment, queues }: Pick<Desk, 'deployment' | 'queues'>, given: object): Promise<void> {
  const states = await buildStates(deployment, queues);
  const rows = states.map((state) => ({ ...state, mayBeStopped: state.state === 'drained' && state.openRuns === 0 }));
  if ('json' in given && given.json) {
    console.log(JSON.stringify(rows, null, 2));
    return;
  }
  if (rows.length === 0)
    console.log(`Temporal knows no build of "${deployment.name}" yet: start workers with BUILD_ID.`);
  for (const { buildId, state, openRuns, polled, mayBeStopped } of rows) {
    const workers = polled ? 'workers poll' : 'no worker polls';
    const verdict = mayBeStopped
      ? '; its workers may be stopped'
      : openRuns > 0 && !polled
        ? '; START ITS WORKERS AGAIN, or move its bookings'
        : '';
    console.log(`${buildId}: ${state}, ${openRuns} open, ${workers}${verdict}`);
  }
}

async function move({ deployment, queues }: Desk, given: Record<string, unknown>): Promise<void> {
  const [from, to] = [given.from, given.to].map((build) =>
    String(build ?? usage('name two builds with --from and --to')),
  );
  await untilPolled(deployment, to!, queues, 0);
  const moved = await moveOpenRuns(deployment, from!, to!);
  console.log(`moved ${moved} open ${moved === 1 ? 'run' : 'runs'} from ${from} to ${to}`);
}

function wholeNumber(name: string, value: unknown, from: number, to: number): number {
  const number = Number(value);
  if (value === '' || !Number.isInteger(number) || number < from || number > to) {
    return usage(`--${name} is "${value}"; give a whole number from ${from} to ${to}`);
  }
  return number;
}

function usage(problem: string): never {
  console.error(`${problem}\n\n${HELP}`);
  process.exit(2);
}

const COMMANDS = { promote, status, move };

async function run(): Promise<void> {
  const options = {
    'build-id': { type: 'string' },
    ramp: { type: 'string' },
    wait: { type: 'string', default: '120' },
    from: { type: 'string' },
    to: { type: 'string' },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  } as const;
  let parsed: ReturnType<typeof parseArgs<{ options: typeof options; allowPositionals: true }>>;
  try {
    parsed = parseArgs({ options, allowPositionals: true });
  } catch (error) {
    return usage((error as Error).message);
  }
  const [command, ...more] = parsed.positionals;
  if (parsed.values.help) return console.log(HELP);
  if (more.length > 0 || !command || !Object.hasOwn(COMMANDS, command))
    return usage('name one command: promote, status or move');
  const desk = await open(readEnvironment(process.cwd(), process.env));
  try {
    await COMMANDS[command as keyof typeof COMMANDS](desk, parsed.values);
  } finally {
    await desk.close();
  }
}

try {
  await run();
} catch (error) {
  const plain = error instanceof CannotPromote || 'code' in (error as object);
  if (error instanceof ConfigError) console.error(`\n${error.keeping(`deploy:${process.argv[2]} cannot go on`)}\n`);
  else console.error(plain ? `\n${(error as Error).message}\n` : error);
  process.exit(1);
}
