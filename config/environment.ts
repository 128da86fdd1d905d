import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { readIfThere } from './small-files.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** The environment, over the values of `.env` in `folder`. A variable that is set to an empty text counts as unset, also over `.env`. */
export function readEnvironment(folder: string, env: Environment): Environment {
  return { ...parseEnv(readIfThere(join(folder, '.env')) ?? ''), ...env };
}
