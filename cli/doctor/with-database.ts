import { existsSync } from 'node:fs';
import type { Records } from '../../records/interface.ts';
import { openRecords } from '../../records/open.ts';
import { type Finding, off, type Patient } from './check.ts';

/** Looks into the database of the settings, if it exists. */
export async function withDatabase(
  { config }: Patient,
  look: (records: Records) => Promise<Finding>,
): Promise<Finding> {
  const { databaseUrl } = config;
  if (databaseUrl.startsWith('file:') && !existsSync(databaseUrl.slice('file:'.length))) return off('no database yet');
  const records = await openRecords({ databaseUrl });
  try {
    return await look(records);
  } finally {
    await records.close();
  }
}
