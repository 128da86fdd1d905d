import { join } from 'node:path';
import type { Config } from '../config/config.ts';
import type { Environment } from '../config/environment.ts';
import { iso } from '../domain/iso.ts';
import type { Hold, InstallationRecords } from '../records/ports/installation.ts';
import { cacheFolder } from '../temporal/cache.ts';
import { type Witness, witnessIn } from './witness.ts';

interface Given {
  config: Pick<Config, 'afterRestore' | 'dataDir' | 'providersAreLocal'>;
  env: Environment;
  records: InstallationRecords;
  log: { info(fields: object, message: string): void; warn(fields: object, message: string): void };
  now?: () => number;
}

/** The state of dialing at the start of a process. */
export interface Recognised {
  /** Undefined: dials may leave. */
  hold: Hold | undefined;
  /** Notes that the database has a new dial: a copy from before it can be recognised from then on. Never throws. */
  dialClaimed(): void;
}

const OLDER = 'the database is older than this installation has used it: it was restored';
const COPY = 'the database is a copy, or was restored from one';

/** A note of dials is written this long after the first of them. */
const NOTE_MS = 1_000;

/**
 * Recognises a database that was restored or copied since a process last used it, and holds its dials: another copy, or the former database,
 * may have made calls that this one does not know.
 */
export async function recogniseRestore(given: Given): Promise<Recognised> {
  const { config, records, log, now = Date.now } = given;
  const before = await records.installation();
  const witness = witnessOf(given);
  // Before the database: each epoch that a witness has was in the database earlier.
  const witnessed = witness.epochOf(before.id);
  const found = await records.installation();
  const place = await records.place();
  const isOlder = witnessed > found.epoch;
  const isCopy = found.kept_place !== undefined && place !== undefined && place !== found.kept_place;
  const why = isOlder ? OLDER : isCopy && found.in_use ? COPY : undefined;
  if (why !== undefined && config.afterRestore === 'hold') {
    await records.holdDialing({ why, held_at: iso(now()), used_until: found.used_until }, place);
  } else {
    if (why !== undefined) log.warn({ why }, 'dials leave from a restored or copied database: AFTER_RESTORE is dial');
    if (place !== undefined && place !== found.kept_place) await records.keepPlace(place);
  }
  // The original keeps its id, so that the epochs of its copy do not make it look old.
  const id = isCopy ? await records.renewId() : found.id;
  witness.keep(id, await records.raiseEpoch(iso(now()), witnessed));
  const { hold } = await records.installation();
  return { hold, dialClaimed: noter(given, id, witness) };
}

/**
 * Files that a restore of the database leaves as they are: one in the data folder and, where calls are real, one in the cache, which also
 * notices a data folder that was overwritten in place.
 */
const witnessOf = ({ config, env }: Pick<Given, 'config' | 'env'>): Witness =>
  witnessIn([
    join(config.dataDir, 'epoch.json'),
    ...(config.providersAreLocal ? [] : [join(cacheFolder(env), 'epochs.json')]),
  ]);

function noter({ records, log, now = Date.now }: Given, id: string, witness: Witness): () => void {
  let waits = false;
  const note = async (): Promise<void> => {
    waits = false;
    try {
      witness.keep(id, await records.raiseEpoch(iso(now())));
    } catch (error) {
      log.warn({ err: error }, 'could not note that a dial left: an older copy of the database may pass for this one');
    }
  };
  return () => {
    if (waits) return;
    waits = true;
    setTimeout(() => void note(), NOTE_MS).unref();
  };
}
