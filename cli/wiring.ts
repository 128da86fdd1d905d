import type { DestinationStream, Logger } from 'pino';
import type { Config } from '../config/config.ts';
import type { Environment } from '../config/environment.ts';
import { createLogger } from '../config/logger.ts';
import type { Stores } from '../records/stores.ts';
import type { Parts } from './parts.ts';
import { startTemporal } from './temporal.ts';

/** The database and the log, opened once for all parts of this process. */
interface Shared {
  log: Logger;
  stores: Stores;
}

async function open(config: Config, logTo: DestinationStream | undefined): Promise<Shared> {
  const log = createLogger(config, 'vocero', logTo);
  const { openStores } = await import('../records/stores.ts');
  return { log, stores: await openStores(config, log) };
}

/**
 * The product's parts. They are loaded while Temporal starts, which saves about a second.
 * @param logTo where log lines go; standard output when nothing is said.
 */
export function partsFor(env: Environment, logTo?: DestinationStream): Parts {
  const api = () => import('../api/start.ts');
  const worker = () => import('../worker/start.ts');
  let opened: Promise<Shared> | undefined;
  const shared = (config: Config): Promise<Shared> => {
    opened ??= open(config, logTo);
    return opened;
  };
  return {
    prepare: (config) => {
      // What fails here fails again, and is told, where it is awaited.
      api().catch(() => {});
      worker()
        .then(({ prepare }) => prepare(config))
        .catch(() => {});
    },
    startSandbox: async ({ publicUrl }) => (await import('../sandbox/server.ts')).startSandbox({ publicUrl }),
    startTemporal: (config, progress) => startTemporal(config, env, progress),
    startWorker: async (surroundings) => {
      const parts = await shared(surroundings.config);
      return (await worker()).startWorker({ ...surroundings, ...parts });
    },
    startApi: async (surroundings) => {
      const parts = await shared(surroundings.config);
      const running = await (await api()).startApi({ ...surroundings, ...parts }, true);
      return {
        ...running,
        // The API is the last to need the database.
        close: async () => {
          await running.close();
          await parts.stores.records.close();
        },
      };
    },
  };
}
