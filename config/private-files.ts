import { chmodSync, type Dirent, lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const FOLDER = 0o700;
const FILE = 0o600;
/** Permission bits of group and others. */
const OTHERS = 0o077;
/** Folders into which programs of others write, too: searched at every start. */
const ALWAYS = ['temporal'];

/** New files of this process and its children are for this user alone. */
export const keepPrivate = (): number => process.umask(OTHERS);

/**
 * Removes the permissions of other users on a folder and its content: recordings, databases and logs contain names, numbers and words of
 * people. A folder that is closed already is searched one level deep only, because nobody else reaches the rest. Links are not followed.
 * @returns the reasons for which files could not be closed (they belong to another user)
 */
export function closeToOthers(folder: string): string[] {
  const left: string[] = [];
  const wasOpen = close(folder, FOLDER, left);
  closeBelow(folder, wasOpen, left);
  return left;
}

function closeBelow(folder: string, deep: boolean, left: string[]): void {
  for (const entry of entriesOf(folder, left)) {
    const path = join(folder, entry.name);
    if (entry.isFile()) close(path, FILE, left);
    if (!entry.isDirectory()) continue;
    const wasOpen = close(path, FOLDER, left);
    if (deep || wasOpen || ALWAYS.includes(entry.name)) closeBelow(path, deep || wasOpen, left);
  }
}

function entriesOf(folder: string, left: string[]): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    left.push((error as Error).message);
    return [];
  }
}

/** Closes one file if it was open. Returns true if it was. */
function close(path: string, mode: number, left: string[]): boolean {
  try {
    if ((lstatSync(path).mode & OTHERS) === 0) return false;
    chmodSync(path, mode);
  } catch (error) {
    // The file disappeared meanwhile: a side file of a database, or a draft.
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') left.push((error as Error).message);
  }
  return true;
}
