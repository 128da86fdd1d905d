import { readdirSync, readlinkSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { commandLineOf } from './process-identity.ts';

/**
 * Whether a process provably works on this very file: it was called with a path that leads to it, or has it open under its present
 * name, both in the same folder as ours. A copy of the file, also one that shares its blocks (`cp -al`), is another one.
 * @param path absolute; a file that is there.
 */
export function servesFile(pid: number, path: string): boolean {
  const ours = placeOf(path);
  if (ours === undefined) return false;
  const isOurs = (other: string): boolean => placeOf(other) === ours;
  return namedPaths(pid, basename(path)).some(isOurs) || openFiles(pid).some(isOurs);
}

/** Which file it is in which folder, whatever they are called. */
function placeOf(path: string): string | undefined {
  try {
    const real = realpathSync(path);
    const [file, folder] = [statSync(real), statSync(dirname(real))];
    return [file.dev, file.ino, folder.dev, folder.ino].join(':');
  } catch {
    return undefined;
  }
}

/** Absolute paths of files with this name on its command line. Blanks within a path are those of the line: all readings count. */
function namedPaths(pid: number, name: string): string[] {
  const line = commandLineOf(pid) ?? '';
  const ends = [...line.matchAll(/(?= |$)/g)]
    .map(({ index }) => index)
    .filter((end) => line.slice(0, end).endsWith(`/${name}`));
  const begins = [...line.matchAll(/(?:^|[ =])(?=\/)/g)].map((match) => match.index + match[0].length);
  return ends.flatMap((end) => begins.filter((begin) => begin < end).map((begin) => line.slice(begin, end)));
}

/** Linux only: the system keeps these paths true when a folder is moved. */
function openFiles(pid: number): string[] {
  const folder = `/proc/${pid}/fd`;
  try {
    return readdirSync(folder).flatMap((fd) => {
      try {
        const path = readlinkSync(join(folder, fd));
        return path.startsWith('/') ? [path] : [];
      } catch {
        return [];
      }
    });
  } catch {
    return [];
  }
}
