import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { withSecretFiles } from './secret-files.ts';
import { readIfThere } from './small-files.ts';
import type { Environment } from './variables.ts';

export type { Environment };

/**
 * The environment, over the values of `.env` in `folder`, with the secrets that files give. A variable that is set to an empty text counts as
 * unset, also over `.env`.
 * @throws ConfigError for a secret whose file cannot be used
 */
export function readEnvironment(folder: string, env: Environment): Environment {
  return withSecretFiles({ ...parseEnv(readIfThere(join(folder, '.env')) ?? ''), ...env }, folder);
}
