import { DatabaseSync } from 'node:sqlite';

/** The garbage collector would close an unreferenced database, and release its lock. */
const held = new Set<DatabaseSync>();

/**
 * Locks a file for this process, by the operating system's lock through SQLite: it is released however the process ends, and process ids
 * play no part.
 * @returns a function that releases the lock; undefined when another process holds it. Throws when the file cannot be written.
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
