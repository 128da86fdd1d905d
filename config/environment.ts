import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';

export type Environment = Readonly<Record<string, string | undefined>>;

/** The environment over what `.env` in `folder` says. A variable that is set to nothing counts as unset, also over `.env`. */
export function readEnvironment(folder: string, env: Environment): Environment {
  return { ...parseEnv(readIfThere(join(folder, '.env'))), ...env };
}

function readIfThere(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
}
