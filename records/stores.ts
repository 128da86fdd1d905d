import { join } from 'node:path';
import { openArtifacts } from './artifacts.ts';
import type { FailureKind } from './failures.ts';
import type { Artifacts, Records } from './interface.ts';
import type { RecordsLog } from './log.ts';
import { openRecords } from './open.ts';

export interface Stores {
  records: Records;
  artifacts: Artifacts;
  /** Has every further failure of the database counted. Absent: failures are not known. */
  onFailure?: ((count: (kind: FailureKind) => void) => void) | undefined;
}

/** The migrated database, and the artifact folder in the data folder. */
export async function openStores(where: { databaseUrl: string; dataDir: string }, log: RecordsLog): Promise<Stores> {
  const counters: ((kind: FailureKind) => void)[] = [];
  const onFailure = (kind: FailureKind): void => {
    for (const count of counters) count(kind);
  };
  const records = await openRecords({ databaseUrl: where.databaseUrl, log, onFailure });
  await records.migrate();
  const artifacts = openArtifacts(join(where.dataDir, 'artifacts'));
  return { records, artifacts, onFailure: (count) => void counters.push(count) };
}
