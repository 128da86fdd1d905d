import type { BatchAppendCheck } from '../../domain/schemas/batch-append.ts';
import { ApiClient, notTheApi, Unreachable } from '../api-client.ts';
import { CliFailure, USAGE } from '../failure.ts';
import { jsonOf, plain } from '../foreign.ts';
import { bold, dim } from '../ink.ts';
import { whereIsApi } from '../where.ts';
import { formOf, tableFrom } from './body.ts';
import { checkLines, refusalOf } from './text.ts';
import { followBatch, PATH, readBatch } from './watch.ts';

interface Appended {
  added: number;
  known: number;
}

/** A lost answer does no harm: known rows are passed over. */
function again(error: unknown): never {
  if (!(error instanceof Unreachable)) throw error;
  throw new CliFailure(
    `${error.message}\nThe rows may have been added or not. Repeat the command: no row is added twice.`,
    error.exitCode,
    error.about,
  );
}

/** `vocero batch append ID FILE`: checks the table with the batch's settings, adds exactly what was checked, and follows the batch. */
export async function appendToBatch(
  id: string,
  path: string,
  flags: { wait?: boolean; json?: boolean },
): Promise<number> {
  const client = new ApiClient(whereIsApi());
  const table = tableFrom(path);
  const say = (line: string): void => {
    if (!flags.json) console.log(line);
  };
  const before = await readBatch(client, id);
  const rows = `${PATH}/${encodeURIComponent(id)}/rows`;
  const check = await client.send<BatchAppendCheck | null>('POST', `${rows}/check`, formOf(table, {}));
  if (typeof check?.check !== 'string' || !Array.isArray(check.problems))
    throw notTheApi(`${client.url} answers with something that is not a check.`);
  for (const line of checkLines(check, false)) say(line);
  if (check.known > 0) say(dim(`  ${check.known} rows are in the batch already`));
  const refusal = refusalOf(check, { on_invalid: before.on_invalid, duplicates: before.duplicates }, false);
  if (refusal) throw new CliFailure(`Nothing was added: ${refusal}.`, USAGE, { code: 'refused', problem: check });
  const answer = await client.send<Appended | null>('POST', rows, formOf(table, {}, check.check)).catch(again);
  if (typeof answer?.added !== 'number') throw notTheApi(`${client.url} answers with something that is not the batch.`);
  say(`${answer.added} rows are added to ${bold(plain(id))}.`);
  if (flags.wait === false || answer.added === 0 || before.status === 'held') {
    if (flags.json) console.log(jsonOf(answer, 2));
    return 0;
  }
  say(dim('Ctrl-C stops watching; the batch goes on.\n'));
  const { exitCode, batch } = await followBatch(client, id, flags.json ? 'silent' : 'text', before.last_event_id);
  if (flags.json) console.log(jsonOf({ ...answer, batch }, 2));
  return exitCode;
}
