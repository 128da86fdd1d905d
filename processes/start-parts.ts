import type { DestinationStream, Logger } from 'pino';
import type { Environment } from '../config/environment.ts';
import { createLogger } from '../config/logger.ts';
import type { Secrets } from '../config/secrets.ts';
import type { Stores } from '../records/stores.ts';
import { notesOfOthers } from './notes-of-others.ts';
import type { PartContext, Parts } from './parts.ts';
import type { Recognised } from './recognise-restore.ts';
import { startTemporal } from './start-temporal.ts';
import { type StopTracing, startTracing } from './start-tracing.ts';

/** The database and the log, opened once for all parts of this process. */
interface Shared {
  log: Logger;
  stores: Stores;
  /** With the key of the hashes that belongs to the data. */
  secrets: Secrets;
  restore: Recognised;
  stopTracing: StopTracing;
}

async function open(
  { config, secrets }: PartContext,
  env: Environment,
  logTo: DestinationStream | undefined,
): Promise<Shared> {
  const log = createLogger(config, 'vocero', logTo);
  const { openStores } = await import('../records/stores.ts');
  const { settleKeys } = await import('./keys.ts');
  const { recogniseRestore } = await import('./recognise-restore.ts');
  const stopTracing = await startTracing(config, 'vocero', log);
  const stores = await openStores(config, log);
  const given = { config, secrets, records: stores.records, log };
  const settled = await settleKeys({ ...given, signsCallbacks: true });
  const restore = await recogniseRestore({ config, env, records: stores.records, log });
  return { log, stores, stopTracing, secrets: settled, restore };
}

const noteOfHold = ({ hold }: Recognised): string[] =>
  hold ? [`No dial leaves: ${hold.why}. npx vocero resume-dialing says how to go on.`] : [];

/**
 * The product's parts. They are loaded while Temporal starts, which saves about a second.
 * @param logTo the destination of log lines; default: standard output.
 */
export function partsFor(env: Environment, logTo?: DestinationStream): Parts {
  const api = () => import('./start-api.ts');
  const worker = () => import('../worker/start.ts');
  let opened: Promise<Shared> | undefined;
  const shared = (context: PartContext): Promise<Shared> => {
    opened ??= open(context, env, logTo);
    return opened;
  };
  return {
    prepare: (config) => {
      // A failure here is ignored: it happens again, and is reported, where the part is awaited.
      api().catch(() => {});
      worker()
        .then(({ prepare }) => prepare(config))
        .catch(() => {});
    },
    startSandbox: async ({ publicUrl }) => (await import('../sandbox/server.ts')).startSandbox({ publicUrl }),
    startTemporal: (config, progress) => startTemporal(config, env, progress),
    startWorker: async (context) => {
      const parts = await shared(context);
      return (await worker()).startWorker({ ...context, ...parts });
    },
    startApi: async (context) => {
      const parts = await shared(context);
      const running = await (await api()).startApi({ ...context, ...parts }, true);
      return {
        ...running,
        notes: [
          ...noteOfHold(parts.restore),
          ...(await notesOfOthers(context.config, { records: parts.stores.records, log: parts.log })),
        ],
        // The API is the last part that needs the database.
        close: async () => {
          await running.close();
          await parts.stores.records.close();
          await parts.stopTracing();
        },
      };
    },
  };
}
