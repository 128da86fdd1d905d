import { readdirSync, readlinkSync, realpathSync, type Stats, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { commandLineOf } from './process-identity.ts';

/**
 * True when a process provably works on this file, in this folder: it has the file open under its present name or, as long as it has none of
 * that name open, its command line has a path to it. A copy of the file counts as another file, also one that shares its blocks (`cp -al`),
 * and one that took the place of a folder that was moved.
 * @param path absolute, of an existing file
 */
export function servesFile(pid: number, path: string): boolean {
  const ours = placeOf(path);
  if (ours === undefined) return false;
  const name = basename(path);
  const open = openPlaces(pid, name);
  if (open.length > 0) return open.includes(ours);
  return namedPaths(pid, name).some((other) => placeOf(other, rootOf(pid)) === ours);
}

const identity = (file: Stats, folder: Stats): string => [file.dev, file.ino, folder.dev, folder.ino].join(':');

/** Identity of a file and its folder, independent of their names. `root`: the folder that the path begins in. */
function placeOf(path: string, root = ''): string | undefined {
  try {
    const real = realpathSync(root + path);
    return identity(statSync(real), statSync(dirname(real)));
  } catch {
    return undefined;
  }
}

/** Linux only: the root of the process, which in a container is another one than ours. */
const rootOf = (pid: number): string => (process.platform === 'linux' ? `/proc/${pid}/root` : '');

/** Absolute paths with this file name on the command line. Blanks in a path look like those between arguments: all readings count. */
function namedPaths(pid: number, name: string): string[] {
  const line = commandLineOf(pid) ?? '';
  const ends = [...line.matchAll(/(?= |$)/g)]
    .map(({ index }) => index)
    .filter((end) => line.slice(0, end).endsWith(`/${name}`));
  const begins = [...line.matchAll(/(?:^|[ =])(?=\/)/g)].map((match) => match.index + match[0].length);
  return ends.flatMap((end) => begins.filter((begin) => begin < end).map((begin) => line.slice(begin, end)));
}

/** Linux only: places of the open files with this name. The system updates their paths when a folder is moved. */
function openPlaces(pid: number, name: string): string[] {
  const folder = `/proc/${pid}/fd`;
  try {
    return readdirSync(folder).flatMap((fd) => {
      try {
        const path = readlinkSync(join(folder, fd));
        if (basename(path) !== name) return [];
        return [identity(statSync(join(folder, fd)), statSync(rootOf(pid) + dirname(path)))];
      } catch {
        return [];
      }
    });
  } catch {
    return [];
  }
}
