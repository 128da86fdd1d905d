import { DatabaseSync } from 'node:sqlite';

/** An open database that nobody refers to would be closed by the garbage collector, and its lock with it. */
const held = new Set<DatabaseSync>();

/**
 * Holds a file for this process, by the operating system's lock on it as SQLite takes it: it is free again however its holder
 * dies, and numbers of processes play no part.
 * @returns gives it free; undefined when another holds it. Throws when the file cannot be written.
 */
export function holdFile(path: string): (() => void) | undefined {
  const lock = new DatabaseSync(path, { timeout: 0 });
  try {
    lock.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
  } catch {
    lock.close();
    return undefined;
  }
  held.add(lock);
  return () => {
    held.delete(lock);
    lock.close();
  };
}
