import { randomUUID } from 'node:crypto';
import type { BatchView } from '../../domain/batch/view.ts';
import { ApiClient, notTheApi } from '../api-client.ts';
import { checkKey } from '../body.ts';
import { CliFailure, USAGE } from '../failure.ts';
import { jsonOf, plain } from '../foreign.ts';
import { bold, dim } from '../ink.ts';
import { placeOnce } from '../place.ts';
import { whereIsApi } from '../where.ts';
import { type BatchFlags, formOf, settingsOf, tableFrom } from './body.ts';
import { checkTable } from './check.ts';
import { checkLines, refusalOf } from './text.ts';
import { followBatch } from './watch.ts';

export interface StartFlags extends BatchFlags {
  check?: string;
  idempotencyKey?: string;
  wait?: boolean;
  json?: boolean;
}

/** `vocero batch start FILE`: checks the table, and runs exactly what was checked. Returns the exit code. */
export async function runStart(path: string, flags: StartFlags): Promise<number> {
  checkKey(flags.idempotencyKey);
  const client = new ApiClient(whereIsApi());
  const settings = settingsOf(flags);
  const table = tableFrom(path);
  const say = (line: string): void => {
    if (!flags.json) console.log(line);
  };
  let digest = flags.check;
  // Without a key nothing was sent before. With one, the API finds its batch although some days are past by now.
  if (digest === undefined && flags.idempotencyKey === undefined) {
    const check = await checkTable(client, table, settings);
    for (const line of checkLines(check)) say(line);
    const refusal = refusalOf(check, settings);
    if (refusal) throw new CliFailure(`Nothing was started: ${refusal}.`, USAGE, { code: 'refused', problem: check });
    digest = check.check;
  }
  const batch = await placeOnce(
    flags.idempotencyKey ?? randomUUID(),
    async (sending) => {
      const answer = await client.send<BatchView | null>(
        'POST',
        '/v1/batches',
        formOf(table, settings, digest),
        sending,
      );
      if (typeof answer?.id === 'string' && answer.counts) return answer;
      throw notTheApi(`${client.url} answers with something that is not the batch.`);
    },
    { thing: 'batch', shows: 'GET /v1/batches' },
  );
  const { id } = batch;
  if (flags.wait === false || batch.status === 'held') {
    if (flags.json) console.log(jsonOf(batch, 2));
    else
      console.log(
        flags.wait === false ? plain(id) : `${bold(plain(id))} is held. Start it: vocero batch resume ${plain(id)}`,
      );
    return 0;
  }
  say(`${bold(plain(id))} is accepted: ${batch.counts.total} rows.`);
  say(dim('Ctrl-C stops watching; the batch goes on.\n'));
  const { exitCode, batch: after } = await followBatch(client, id, flags.json ? 'silent' : 'text');
  if (flags.json) console.log(jsonOf(after, 2));
  return exitCode;
}
