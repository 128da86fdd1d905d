import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { setTimeout as after } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { identityOf, isAlive, type ProcessIdentity } from './process-identity.ts';

const KEEPER = fileURLToPath(new URL('./keeper.mjs', import.meta.url));
const RECORD = z.object({ pid: z.number().int().positive(), started: z.string().min(1) });

/** A program that ends when this process does, in whatever way. */
export interface KeptProcess {
  /** Resolves when it has ended, by itself or by `stop`. */
  exited: Promise<void>;
  running(): boolean;
  stop(): Promise<void>;
}

/**
 * Starts a program under a keeper (see keeper.mjs) and writes down who it is, so that a later start can find it if both
 * this process and the keeper were killed.
 */
export async function keepRunning(
  program: string,
  args: readonly string[],
  files: { log: string; record: string },
): Promise<KeptProcess> {
  const keeper = spawn(process.execPath, [KEEPER, files.log, program, ...args], {
    detached: true,
    env: withoutTemporal(process.env),
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  const exited = once(keeper, 'exit').then(() => {});
  const pid = await Promise.race([firstLine(keeper), exited.then(() => undefined)]);
  const identity = pid ? identityOf(Number(pid)) : undefined;
  if (identity) writeFileSync(files.record, JSON.stringify(identity));
  return {
    exited,
    running: () => keeper.exitCode === null && keeper.signalCode === null,
    stop: async () => {
      keeper.stdin.destroy();
      await exited;
      // A keeper that was killed left its program behind.
      await endLeftBehind(files.record);
    },
  };
}

async function firstLine(keeper: ChildProcess): Promise<string | undefined> {
  for await (const line of createInterface({ input: keeper.stdout! })) return line;
  return undefined;
}

/** The CLI reads the variables of clients too; the server that we start must not be moved by them. */
function withoutTemporal(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith('TEMPORAL_')));
}

/**
 * Ends the program that an earlier start wrote down, when it is still there. Call it only while holding the data folder,
 * or it would end the program of another living process.
 * @returns whether one was there.
 */
export async function endLeftBehind(record: string): Promise<boolean> {
  const identity = readRecord(record);
  const found = identity !== undefined && isAlive(identity);
  if (found) await endProcess(identity);
  rmSync(record, { force: true });
  return found;
}

async function endProcess(identity: ProcessIdentity): Promise<void> {
  for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
    try {
      process.kill(identity.pid, signal);
    } catch {
      return;
    }
    for (let waited = 0; waited < 5_000 && isAlive(identity); waited += 50) await after(50);
    if (!isAlive(identity)) return;
  }
}

function readRecord(record: string): ProcessIdentity | undefined {
  try {
    return RECORD.parse(JSON.parse(readFileSync(record, 'utf8')));
  } catch {
    return undefined;
  }
}
