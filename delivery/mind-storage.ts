import { setTimeout as after } from 'node:timers/promises';
import { isDatabaseFull } from '../records/away.ts';
import type { Artifacts, Records } from '../records/interface.ts';
import type { Alarms } from './alarms.ts';

const EVERY_MS = 10_000;
/** A recording of some minutes, and the databases' own side files, need this much. */
export const LOW_BYTES = 32 * 1024 * 1024;

interface Storage {
  records: Pick<Records, 'ping'>;
  artifacts: Pick<Artifacts, 'space'>;
}

interface Minding extends Storage {
  alarms: Pick<Alarms, 'raise'>;
  log: { info(fields: object, message: string): void };
}

/** True while the data folder has room. True also where the system does not tell: only a known lack counts. */
export const hasSpace = ({ artifacts }: Pick<Storage, 'artifacts'>): Promise<boolean> =>
  artifacts.space().then(
    (bytes) => bytes >= LOW_BYTES,
    () => true,
  );

/** The disk that is full, in words; undefined: there is room, as far as can be seen. */
async function fullOf(storage: Storage): Promise<string | undefined> {
  if (!(await hasSpace(storage))) return 'the disk of DATA_DIR';
  return storage.records.ping().then(
    () => undefined,
    (error: unknown) => (isDatabaseFull(error) ? 'the disk of the database' : undefined),
  );
}

/** Raises one alarm when a disk gets full, and notes in the log when there is room again. */
export function mindStorage(minding: Minding, everyMs = EVERY_MS): { stop(): Promise<void> } {
  const stopped = new AbortController();
  const work = (async (): Promise<void> => {
    let wasFull: string | undefined;
    while (!stopped.signal.aborted) {
      const full = await fullOf(minding);
      if (full !== undefined && wasFull === undefined)
        minding.alarms.raise('storage_full', `${full} is full: nothing can be stored, so no dial leaves`);
      if (full === undefined && wasFull !== undefined) minding.log.info({}, `${wasFull} has room again`);
      wasFull = full;
      await after(everyMs, undefined, { signal: stopped.signal, ref: false }).catch(() => undefined);
    }
  })();
  return {
    async stop() {
      stopped.abort();
      await work;
    },
  };
}
