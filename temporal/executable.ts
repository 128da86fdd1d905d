import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const SUFFIXES = process.platform === 'win32' ? ['.exe', '.cmd', '.bat'] : [''];

export function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/** Path of a program on `PATH`. */
export function onPath(program: string, path: string | undefined): string | undefined {
  for (const folder of (path ?? '').split(delimiter)) {
    if (!folder) continue;
    const found = SUFFIXES.map((suffix) => join(folder, `${program}${suffix}`)).find(isExecutable);
    if (found) return found;
  }
  return undefined;
}

/**
 * A path from a variable.
 * @throws Error when it is not a program: the user named it, so no other is used
 */
export function namedByUser(path: string | undefined): string | undefined {
  if (path && !isExecutable(path))
    throw new Error(`is "${path}", which is not an executable file. Correct it or unset it.`);
  return path || undefined;
}
