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

/** A program that ends with this process, however this process ends. */
export interface KeptProcess {
  /** Resolves when it has ended, by itself or by `stop`. */
  exited: Promise<void>;
  running(): boolean;
  stop(): Promise<void>;
}

interface ProgramFiles {
  log: string;
  /** File with the identity of the program. */
  record: string;
  /** The program's data file, by which it is recognised. */
  worksOn: string;
}

/**
 * Starts a program under a keeper (see keeper.mjs) and records its identity, so that a later start finds it if both this process and the
 * keeper were killed.
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
      // A killed keeper left its program running.
      await endLeftBehind(files.record, files.worksOn);
    },
  };
}

async function firstLine(keeper: ChildProcess): Promise<string | undefined> {
  for await (const line of createInterface({ input: keeper.stdout! })) return line;
  return undefined;
}

/**
 * Ends the program that an earlier start recorded, if it still runs and provably works on this file. A record that was copied together with
 * its folder names another program, which is left alone. The caller must hold the data folder; otherwise this could end the program of a
 * live process.
 * @returns the result; undefined when there was no such program
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
