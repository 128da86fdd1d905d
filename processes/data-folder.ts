import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigError } from '../config/error.ts';
import { holdFile } from '../config/os-lock.ts';

/**
 * Locks a data folder for this process: two systems on one folder would write one database and end each other's Temporal.
 * It is an operating-system lock on a SQLite file, so it is released however its holder dies.
 * @returns releases the folder.
 * @throws ConfigError if another process holds the folder, or it is not writable.
 */
export function claimDataFolder(dataDir: string): () => void {
  const holder = join(dataDir, 'in-use.pid');
  let release: (() => void) | undefined;
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    release = holdFile(join(dataDir, 'in-use.lock'));
  } catch (error) {
    throw problem(`cannot be used: ${(error as Error).message}. Give a folder that this user can write to.`);
  }
  if (!release) {
    throw problem(
      `${dataDir} is in use by another Vocero (process ${readPid(holder)}). Stop it, or give this one another DATA_DIR and PORT.`,
    );
  }
  writeFileSync(holder, String(process.pid), { mode: 0o600 });
  return release;
}

const problem = (message: string) => new ConfigError([{ variable: 'DATA_DIR', message }]);

function readPid(file: string): string {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    return 'unknown';
  }
}
