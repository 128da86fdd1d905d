import { join } from 'node:path';
import { openArtifacts } from './artifacts.ts';
import type { Artifacts, Records } from './interface.ts';
import type { RecordsLog } from './log.ts';
import { openRecords } from './open.ts';

export interface Stores {
  records: Records;
  artifacts: Artifacts;
}

/** The migrated database, and the artifact folder in the data folder. */
export async function openStores(where: { databaseUrl: string; dataDir: string }, log: RecordsLog): Promise<Stores> {
  const records = await openRecords({ databaseUrl: where.databaseUrl, log });
  await records.migrate();
  return { records, artifacts: openArtifacts(join(where.dataDir, 'artifacts')) };
}
