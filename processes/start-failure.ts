import type { Config } from '../config/config.ts';
import { ConfigError } from '../config/error.ts';
import { isDatabaseAway } from '../records/away.ts';
import { DatabaseIsNewer } from '../records/newer-builds.ts';

/** The error that ended a start, as a setting with its remedy where one can mend it; any other error as it is. */
export function explained(error: unknown, config: Pick<Config, 'http' | 'databaseUrl'>): unknown {
  const { code, cause, message } = Object(error) as { code?: unknown; cause?: unknown; message?: string };
  if (error instanceof ConfigError) return error;
  if (error instanceof DatabaseIsNewer) return refused('DATABASE_URL', `cannot be used: ${message}.`);
  if (code === 'EADDRINUSE' || code === 'EADDRNOTAVAIL') return portTaken(config.http);
  if (isDatabaseAway(error) || isDatabaseAway(cause)) {
    return refused(
      'DATABASE_URL',
      `${whereIs(config.databaseUrl)} does not answer: ${message}. Start it, or correct the URL; a full or read-only disk has the same effect.`,
    );
  }
  return error;
}

export const portTaken = ({ host, port }: Config['http']): ConfigError =>
  refused(
    'PORT',
    `cannot listen on ${port} at ${host}: another program uses it, or the address is not this machine’s. Set another PORT or HOST.`,
  );

const refused = (variable: string, message: string): ConfigError => new ConfigError([{ variable, message }]);

/** Without user and password. */
function whereIs(databaseUrl: string): string {
  if (!URL.canParse(databaseUrl)) return 'the database';
  const { protocol, host, pathname } = new URL(databaseUrl);
  return protocol === 'file:' ? pathname : `${host}${pathname}`;
}
