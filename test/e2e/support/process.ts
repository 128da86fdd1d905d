import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { LOAD_FACTOR } from '../../support/load.ts';
import { until } from '../../support/until.ts';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const TAIL = 6_000;

/** Settings of whoever runs the tests must not reach the product under test; where Temporal's CLI is, must. */
const FOREIGN =
  /^(TWILIO_|ELEVENLABS_|TEMPORAL_(?!CLI$)|WORKER_|NODE_ENV$|PORT$|HOST$|PUBLIC_URL$|BRIDGE_|API_KEYS$|OPERATOR_KEYS$|CALLING_WINDOW$|CALLING_HOLIDAYS$|ALLOWED_COUNTRIES$|RECONCILE_SECONDS$|SETTLE_SECONDS$|HASH_KEY|CALLBACK_SECRET|LOST_KEYS$|DATABASE_URL$|DATA_DIR$|LOG_LEVEL$|METRICS_PORT$|OTEL_|COST_|PAYLOAD_|BUILD_ID$|DEPLOYMENT_NAME$|VOCERO_(URL|KEY)$)/;

export const inherited = (): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(process.env).filter(([name]) => !FOREIGN.test(name)));

export interface RunningProcess {
  readonly pid: number;
  /** Everything it has printed. */
  log(): string;
  /** Its exit code, or the signal that ended it. */
  readonly ended: Promise<number | string>;
  running(): boolean;
  signal(signal: NodeJS.Signals): void;
}

/** Runs one of the product's programs, `processes/vocero.mjs start` for example, in a folder that has no `.env`. */
export function startProcess(program: readonly string[], folder: string, env: Record<string, string>): RunningProcess {
  const [script, ...args] = program;
  const child: ChildProcess = spawn(process.execPath, [join(ROOT, script!), ...args], {
    cwd: folder,
    // As npm sets it: a product whose starter has been killed stops by itself, so no test leaves one behind.
    env: { ...inherited(), npm_lifecycle_event: 'start', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  const keep = (text: Buffer): void => {
    printed += text.toString();
  };
  child.stdout!.on('data', keep);
  child.stderr!.on('data', keep);
  const ended = new Promise<number | string>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => resolve(code ?? signal ?? 'nothing'));
  });
  return {
    pid: child.pid!,
    log: () => printed,
    ended,
    running: () => child.exitCode === null && child.signalCode === null,
    signal: (signal) => void child.kill(signal),
  };
}

/** The end of a log, for a failure's message. */
export const tail = (log: string): string => log.slice(-TAIL);

/** A process and all that it started, directly or not. */
export function familyOf(pid: number): number[] {
  const { stdout } = spawnSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' });
  const rows = stdout
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number) as [number, number]);
  const family = [pid];
  for (const one of family) family.push(...rows.filter(([, parent]) => parent === one).map(([child]) => child));
  return family;
}

/** Whether a process exists; one that has ended and waits to be buried does not count. */
export function exists(pid: number): boolean {
  const { stdout } = spawnSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' });
  const state = stdout.trim();
  return state !== '' && !state.startsWith('Z');
}

export function kill(pids: readonly number[]): void {
  for (const pid of pids) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It went with one that was killed before it.
    }
  }
}

/** Kills a program with all that it started, as a power cut does. Resolves with its end once nothing of it is left. */
export async function killWhole({ pid, ended }: RunningProcess): Promise<number | string> {
  const family = familyOf(pid);
  kill(family);
  const end = await ended;
  await until(() => !family.some(exists));
  return end;
}

/** Ends programs and all that they started, at once: whoever is through with them need not wait until they have drained. */
export async function end(...programs: (RunningProcess | undefined)[]): Promise<void> {
  const running = programs.filter((one) => one !== undefined).filter((one) => one.running());
  kill(running.flatMap(({ pid }) => familyOf(pid)));
  await Promise.all(running.map(({ ended }) => ended));
}

/** Waits until an address answers `200`; a program that ends instead is told with its log. */
export async function ready(running: RunningProcess, url: string, limitMs = 100_000): Promise<void> {
  const answers = async (): Promise<boolean> => {
    if (!running.running()) throw new Error(`it ended before it was ready:\n${tail(running.log())}`);
    const answer = await fetch(url, { signal: AbortSignal.timeout(5_000 * LOAD_FACTOR) }).catch(() => undefined);
    await answer?.body?.cancel();
    return answer?.status === 200;
  };
  await until(answers, limitMs, `${url} to answer`).catch((error: Error) => {
    throw new Error(`${error.message}\n${tail(running.log())}`);
  });
}
