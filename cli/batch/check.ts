import type { BatchCheck } from '../../domain/schemas/batch-check.ts';
import { ApiClient, notTheApi } from '../api-client.ts';
import { USAGE } from '../failure.ts';
import { jsonOf } from '../foreign.ts';
import { bad, good } from '../ink.ts';
import { whereIsApi } from '../where.ts';
import { type BatchFlags, formOf, settingsOf, type Table, tableFrom } from './body.ts';
import { checkLines, refusalOf } from './text.ts';

/** Checks a table. Nobody is called. */
export async function checkTable(
  client: ApiClient,
  table: Table,
  settings: Record<string, unknown>,
): Promise<BatchCheck> {
  const check = await client.send<BatchCheck | null>('POST', '/v1/batches/check', formOf(table, settings));
  if (typeof check?.check === 'string' && Array.isArray(check.problems)) return check;
  throw notTheApi(`${client.url} answers with something that is not a check.`);
}

/** `vocero batch check FILE`. Returns 0 if the batch would be accepted, else 2. */
export async function runCheck(path: string, flags: BatchFlags & { json?: boolean }): Promise<number> {
  const settings = settingsOf(flags);
  const check = await checkTable(new ApiClient(whereIsApi()), tableFrom(path), settings);
  const refusal = refusalOf(check, settings);
  if (flags.json) console.log(jsonOf(check, 2));
  else {
    for (const line of checkLines(check)) console.log(line);
    console.log(
      refusal ? bad(`It would be refused: ${refusal}.`) : good('It would be accepted. Nobody has been called.'),
    );
  }
  return refusal ? USAGE : 0;
}
