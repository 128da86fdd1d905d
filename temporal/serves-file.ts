import { readdirSync, readlinkSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { commandLineOf } from './process-identity.ts';

/**
 * True when a process provably works on this file: its command line has a path to it, or it has the file open under its present name, in
 * both cases in the same folder. A copy of the file counts as another file, also one that shares its blocks (`cp -al`).
 * @param path absolute, of an existing file
 */
export function servesFile(pid: number, path: string): boolean {
  const ours = placeOf(path);
  if (ours === undefined) return false;
  const isOurs = (other: string): boolean => placeOf(other) === ours;
  return namedPaths(pid, basename(path)).some(isOurs) || openFiles(pid).some(isOurs);
}

/** Identity of a file and its folder, independent of their names. */
function placeOf(path: string): string | undefined {
  try {
    const real = realpathSync(path);
    const [file, folder] = [statSync(real), statSync(dirname(real))];
    return [file.dev, file.ino, folder.dev, folder.ino].join(':');
  } catch {
    return undefined;
  }
}

/** Absolute paths with this file name on the command line. Blanks in a path look like those between arguments: all readings count. */
function namedPaths(pid: number, name: string): string[] {
  const line = commandLineOf(pid) ?? '';
  const ends = [...line.matchAll(/(?= |$)/g)]
    .map(({ index }) => index)
    .filter((end) => line.slice(0, end).endsWith(`/${name}`));
  const begins = [...line.matchAll(/(?:^|[ =])(?=\/)/g)].map((match) => match.index + match[0].length);
  return ends.flatMap((end) => begins.filter((begin) => begin < end).map((begin) => line.slice(begin, end)));
}

/** Linux only: the system updates these paths when a folder is moved. */
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
