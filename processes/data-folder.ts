import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigError } from '../config/error.ts';
import { holdFile } from '../config/os-lock.ts';

/**
 * Holds a data folder for this process: two systems on one folder would write one database and end each other's Temporal.
 * The lock is the operating system's, on a file of SQLite's, so it is free again however its holder dies.
 * @returns gives the folder back.
 * @throws ConfigError when another process holds it, or it cannot be written.
 */
export function claimDataFolder(dataDir: string): () => void {
  const holder = join(dataDir, 'in-use.pid');
  let release: (() => void) | undefined;
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    release = holdFile(join(dataDir, 'in-use.lock'));
  } catch (error) {
    throw problem(`cannot be used: ${(error as Error).message}. Give a folder that this user may write to.`);
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
