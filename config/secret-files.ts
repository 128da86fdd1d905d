import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { ConfigError, type ConfigProblem } from './error.ts';
import { FIELDS, SECRET } from './schema.ts';
import type { Environment } from './variables.ts';

/** Not secret, although its name looks like it: names of keys. */
const NO_SECRET = 'LOST_KEYS';

/** Variables that a file may give instead: `NAME_FILE` is its path, as for Docker's and Kubernetes' mounted secrets. */
export const SECRET_VARIABLES: readonly string[] = [
  ...Object.keys(FIELDS.shape).filter((name) => SECRET.test(name) && name !== NO_SECRET),
  'TEMPORAL_API_KEY',
];

/**
 * The environment with the content of each `NAME_FILE`, without a line break at its end. Relative paths are resolved against `folder`.
 * @throws ConfigError for a secret that is given twice, or a file that cannot be read or is empty
 */
export function withSecretFiles(env: Environment, folder: string): Environment {
  const problems: ConfigProblem[] = [];
  const read: Record<string, string> = {};
  for (const name of SECRET_VARIABLES) {
    const variable = `${name}_FILE`;
    const path = env[variable];
    if (!path) continue;
    if (env[name]) problems.push({ variable, message: `is set, and so is ${name}. Set one of the two.` });
    else {
      const content = contentOf(resolve(folder, path));
      if ('problem' in content) problems.push({ variable, message: content.problem });
      else read[name] = content.text;
    }
  }
  if (problems.length > 0) throw new ConfigError(problems);
  return { ...env, ...read };
}

function contentOf(path: string): { text: string } | { problem: string } {
  try {
    const text = readFileSync(path, 'utf8').replace(/\r?\n$/, '');
    return text === '' ? { problem: `names ${path}, which is empty. Write the secret into it.` } : { text };
  } catch (error) {
    const why = (error as Error).message;
    return { problem: `names a file that could not be read: ${why}. Correct the path, or let this user read it.` };
  }
}
