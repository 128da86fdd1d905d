import { chmodSync, type Dirent, lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const FOLDER = 0o700;
const FILE = 0o600;
/** What groups and others may do. */
const OTHERS = 0o077;
/** Folders in which others' programs write too; looked through at every start. */
const ALWAYS = ['temporal'];

/** What this process and its children make from now on is for this user alone. */
export const keepPrivate = (): number => process.umask(OTHERS);

/**
 * Takes from everybody else what they may do with a folder and what is in it: recordings, databases and logs are names, numbers and
 * words of people. A folder that was closed already is looked at one level deep only, since nobody else comes to what is below; links
 * are not followed.
 * @returns what could not be closed (it is another user's), with the reason.
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

/** Closes one file, if it was open; returns whether it was. */
function close(path: string, mode: number, left: string[]): boolean {
  try {
    if ((lstatSync(path).mode & OTHERS) === 0) return false;
    chmodSync(path, mode);
  } catch (error) {
    // It went away meanwhile: a side file of a database, a draft.
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') left.push((error as Error).message);
  }
  return true;
}
