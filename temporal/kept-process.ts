import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { setTimeout as after } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { serverEnvironment } from './own-environment.ts';
import { identityOf, isAlive, type ProcessIdentity } from './process-identity.ts';
import { servesFile } from './serves-file.ts';

const KEEPER = fileURLToPath(new URL('./keeper.mjs', import.meta.url));
const RECORD = z.object({ pid: z.number().int().positive(), started: z.string().min(1) });

/** A program that ends when this process does, in whatever way. */
export interface KeptProcess {
  /** Resolves when it has ended, by itself or by `stop`. */
  exited: Promise<void>;
  running(): boolean;
  stop(): Promise<void>;
}

interface ProgramFiles {
  log: string;
  /** Who the program is. */
  record: string;
  /** The file that the program works on, by which it is known again. */
  worksOn: string;
}

/**
 * Starts a program under a keeper (see keeper.mjs) and writes down who it is, so that a later start can find it if both
 * this process and the keeper were killed.
 */
export async function keepRunning(program: string, args: readonly string[], files: ProgramFiles): Promise<KeptProcess> {
  const keeper = spawn(process.execPath, [KEEPER, files.log, program, ...args], {
    detached: true,
    env: serverEnvironment(process.env),
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  const exited = once(keeper, 'exit').then(() => {});
  const pid = await Promise.race([firstLine(keeper), exited.then(() => undefined)]);
  const identity = pid ? identityOf(Number(pid)) : undefined;
  if (identity) writeFileSync(files.record, JSON.stringify(identity), { mode: 0o600 });
  return {
    exited,
    running: () => keeper.exitCode === null && keeper.signalCode === null,
    stop: async () => {
      keeper.stdin.destroy();
      await exited;
      // A keeper that was killed left its program behind.
      await endLeftBehind(files.record, files.worksOn);
    },
  };
}

async function firstLine(keeper: ChildProcess): Promise<string | undefined> {
  for await (const line of createInterface({ input: keeper.stdout! })) return line;
  return undefined;
}

/**
 * Ends the program that an earlier start wrote down, when it is still there and provably works on this very file: a record that was
 * copied with its folder speaks of somebody else's, which is left alone. Call it only while holding the data folder, or it would
 * end the program of another living process.
 * @returns what became of it; undefined when there was none.
 */
export async function endLeftBehind(record: string, file: string): Promise<'ended' | 'another’s' | undefined> {
  const identity = readRecord(record);
  const alive = identity !== undefined && isAlive(identity);
  const found = alive ? (servesFile(identity.pid, file) ? 'ended' : 'another’s') : undefined;
  if (identity && found === 'ended') await endProcess(identity);
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
