import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { processIsThere } from '../config/process-there.ts';
import { ProvisionError } from './error.ts';

const holderOf = (path: string): number | undefined => {
  try {
    return Number.parseInt(readFileSync(path, 'utf8'), 10);
  } catch {
    return undefined;
  }
};

function take(path: string): boolean {
  try {
    writeFileSync(path, `${process.pid}\n`, { flag: 'wx', mode: 0o600 });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/**
 * Makes sure that one run at a time sets up what this folder remembers: two would make every agent twice. One that was killed
 * is in nobody's way.
 * @returns gives it free again.
 * @throws ProvisionError while another one runs.
 */
export function alone(folder: string): () => void {
  const path = join(folder, 'running');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (!take(path)) {
    const holder = holderOf(path);
    if (holder !== undefined && processIsThere(holder)) {
      throw new ProvisionError(`Another provision runs on ${folder} (process ${holder}). Wait for its end.`);
    }
    rmSync(path, { force: true });
    if (!take(path)) throw new ProvisionError(`Another provision has just begun on ${folder}. Wait for its end.`);
  }
  return () => rmSync(path, { force: true });
}
