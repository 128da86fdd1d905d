import { resolve } from 'node:path';
import { type Environment, readEnvironment } from '../config/environment.ts';
import { ConfigError } from '../config/error.ts';
import { fieldProblems } from '../config/field-problem.ts';
import { localUrl } from '../config/loopback.ts';
import { FIELDS } from '../config/schema.ts';
import { readRunning } from './running.ts';

/** An API, and the key to it where it wants one. */
export interface Where {
  /** No slash at its end. */
  url: string;
  key?: string | undefined;
}

const SCHEMA = FIELDS.pick({
  VOCERO_URL: true,
  VOCERO_KEY: true,
  HOST: true,
  PORT: true,
  DATA_DIR: true,
  API_KEYS: true,
  OPERATOR_KEYS: true,
});

/**
 * The API that the client commands speak to: `VOCERO_URL`; else the one that runs on this data folder; else where one of
 * these settings would listen. Nothing else of the settings has to be right, or even there.
 * @throws ConfigError that names each setting that cannot be used.
 */
export function whereIsApi(env: Environment = readEnvironment(process.cwd(), process.env)): Where {
  const set = Object.fromEntries(Object.entries(env).filter(([, value]) => value));
  const parsed = SCHEMA.safeParse(set);
  if (!parsed.success) throw new ConfigError(fieldProblems(parsed.error, set));
  const given = parsed.data;
  // A key of this installation is for this installation only: another host is none of its business.
  if (given.VOCERO_URL) return { url: given.VOCERO_URL, key: given.VOCERO_KEY };
  const running = readRunning(resolve(process.cwd(), given.DATA_DIR));
  const key = given.VOCERO_KEY ?? given.OPERATOR_KEYS?.[0] ?? given.API_KEYS?.[0];
  return { url: running?.api ?? localUrl(given.HOST, given.PORT), key };
}
