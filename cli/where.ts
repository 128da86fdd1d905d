import { resolve } from 'node:path';
import { type Environment, readEnvironment } from '../config/environment.ts';
import { ConfigError } from '../config/error.ts';
import { fieldProblems } from '../config/field-problem.ts';
import { localUrl } from '../config/loopback.ts';
import { FIELDS } from '../config/schema.ts';
import { readRunning } from './running.ts';

/** An API, and its key if it requires one. */
export interface Where {
  /** Without a slash at the end. */
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
 * The API for the client commands: `VOCERO_URL`; else the one that runs on this data folder; else the address where these
 * settings would listen. The other settings may be wrong or missing.
 * @throws ConfigError that names each invalid setting.
 */
export function whereIsApi(env: Environment = readEnvironment(process.cwd(), process.env)): Where {
  const set = Object.fromEntries(Object.entries(env).filter(([, value]) => value));
  const parsed = SCHEMA.safeParse(set);
  if (!parsed.success) throw new ConfigError(fieldProblems(parsed.error, set));
  const given = parsed.data;
  // A key of this installation is never sent to another host.
  if (given.VOCERO_URL) return { url: given.VOCERO_URL, key: given.VOCERO_KEY };
  const running = readRunning(resolve(process.cwd(), given.DATA_DIR));
  const key = given.VOCERO_KEY ?? given.OPERATOR_KEYS?.[0]?.key ?? given.API_KEYS?.[0];
  return { url: running?.api ?? localUrl(given.HOST, given.PORT), key };
}
