import type { Config } from '../../config/config.ts';
import { readEnvironment } from '../../config/environment.ts';
import { loadConfig } from '../../config/load.ts';
import { withProviders } from '../../config/providers.ts';
import type { Records } from '../../records/interface.ts';
import { openRecords } from '../../records/open.ts';
import { readRunning } from '../running.ts';

/** Works on the database of the settings, which need not be in use: a restored one can be held before anything starts on it. */
export async function onDatabase<T>(work: (records: Records, config: Config) => Promise<T>): Promise<T> {
  const given = loadConfig(readEnvironment(process.cwd(), process.env));
  const sandbox = given.mode === 'sandbox' ? readRunning(given.dataDir)?.sandbox : undefined;
  const config = sandbox ? withProviders(given, sandbox) : given;
  const records = await openRecords({ databaseUrl: config.databaseUrl });
  try {
    await records.migrate();
    return await work(records, config);
  } finally {
    await records.close();
  }
}
