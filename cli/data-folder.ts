import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { ConfigError } from '../config/error.ts';

/** An open database that nobody refers to would be closed by the garbage collector, and its lock with it. */
const held = new Set<DatabaseSync>();

/**
 * Holds a data folder for this process: two systems on one folder would write one database and end each other's Temporal.
 * The lock is the operating system's, on a file of SQLite's, so it is free again however its holder dies.
 * @returns gives the folder back.
 * @throws ConfigError when another process holds it, or it cannot be written.
 */
export function claimDataFolder(dataDir: string): () => void {
  const holder = join(dataDir, 'in-use.pid');
  let lock: DatabaseSync;
  try {
    mkdirSync(dataDir, { recursive: true });
    lock = new DatabaseSync(join(dataDir, 'in-use.lock'), { timeout: 0 });
  } catch (error) {
    throw problem(`cannot be used: ${(error as Error).message}. Give a folder that this user may write to.`);
  }
  try {
    lock.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
  } catch {
    lock.close();
    throw problem(
      `${dataDir} is in use by another Vocero (process ${readPid(holder)}). Stop it, or give this one another DATA_DIR and PORT.`,
    );
  }
  writeFileSync(holder, String(process.pid));
  held.add(lock);
  return () => {
    held.delete(lock);
    lock.close();
  };
}

const problem = (message: string) => new ConfigError([{ variable: 'DATA_DIR', message }]);

function readPid(file: string): string {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    return 'unknown';
  }
}
