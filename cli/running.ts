import { readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Config } from '../config/config.ts';
import { localUrl } from '../config/loopback.ts';
import { writeWhole } from '../config/small-files.ts';
import type { TemporalConnection } from '../config/temporal-connection.ts';
import { identityOf, isAlive } from '../temporal/process-identity.ts';

const FILE = z.object({
  pid: z.number(),
  /** When that process started: its id may belong to another one by now. */
  started: z.string(),
  /** The folder of this file: a copy of the folder contains a file about the original. */
  folder: z.string(),
  /** Base URL of the API, on this machine. */
  api: z.string(),
  temporal: z.object({ address: z.string(), namespace: z.string() }),
  /** The sandbox's provider variables; absent in the other modes. */
  sandbox: z.record(z.string(), z.string()).optional(),
});

/** Data about a running system for other commands on the same data folder. */
export type Running = z.infer<typeof FILE>;

/** The part of a serving system that is written down. */
export interface Serving {
  temporal: { connection: TemporalConnection };
  /** Its provider variables; undefined in the other modes. */
  sandbox?: { env: Record<string, string> } | undefined;
}

const fileOf = (dataDir: string): string => join(dataDir, 'running.json');

/**
 * Writes a system's addresses, and the sandbox's account, to the data folder, readable by its owner only.
 * @returns removes the file.
 */
export function announce(config: Config, { temporal, sandbox }: Serving): () => void {
  const path = fileOf(config.dataDir);
  const running: Running = {
    pid: process.pid,
    started: identityOf(process.pid)?.started ?? '',
    folder: folderIdentity(config.dataDir),
    api: localUrl(config.http.host, config.http.port),
    temporal: { address: temporal.connection.connectionOptions.address, namespace: temporal.connection.namespace },
    ...(sandbox && { sandbox: sandbox.env }),
  };
  writeWhole(path, `${JSON.stringify(running, null, 2)}\n`);
  return () => {
    if (readRunning(config.dataDir)?.pid === process.pid) rmSync(path, { force: true });
  };
}

/** The system that runs on a data folder; undefined if none runs, it was killed, or the file came with a copy of another folder. */
export function readRunning(dataDir: string): Running | undefined {
  const running = announced(dataDir);
  return running && running.folder === folderIdentity(dataDir) && isAlive(running) ? running : undefined;
}

function announced(dataDir: string): Running | undefined {
  try {
    return FILE.parse(JSON.parse(readFileSync(fileOf(dataDir), 'utf8')));
  } catch {
    return undefined;
  }
}

/** The same for every path to the folder, different for each copy. */
function folderIdentity(folder: string): string {
  const { dev, ino } = statSync(folder);
  return `${dev}:${ino}`;
}
