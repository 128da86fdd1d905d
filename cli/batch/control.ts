import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { BatchView } from '../../domain/batch/view.ts';
import { ApiClient, notTheApi } from '../api-client.ts';
import { badUsage } from '../failure.ts';
import { jsonOf } from '../foreign.ts';
import { whereIsApi } from '../where.ts';
import { batchLines } from './text.ts';
import { PATH, readBatch } from './watch.ts';

async function command(
  client: ApiClient,
  id: string,
  name: 'start' | 'pause' | 'resume' | 'cancel',
  body?: unknown,
): Promise<BatchView> {
  const batch = await client.send<BatchView | null>('POST', `${PATH}/${encodeURIComponent(id)}/${name}`, body);
  if (batch?.id === id && batch.counts) return batch;
  throw notTheApi(`${client.url} answers with something that is not the batch.`);
}

function tell(batch: BatchView, json: boolean | undefined): number {
  if (json) console.log(jsonOf(batch, 2));
  else for (const line of batchLines(batch)) console.log(line);
  return 0;
}

/** `vocero batch pause ID`. */
export const pauseBatch = async (id: string, flags: { json?: boolean }): Promise<number> =>
  tell(await command(new ApiClient(whereIsApi()), id, 'pause'), flags.json);

/** `vocero batch resume ID`: goes on with a paused batch, and starts a held one. */
export async function resumeBatch(id: string, flags: { json?: boolean }): Promise<number> {
  const client = new ApiClient(whereIsApi());
  const { status } = await readBatch(client, id);
  return tell(await command(client, id, status === 'held' ? 'start' : 'resume'), flags.json);
}

/** `vocero batch cancel ID`. */
export const cancelBatch = async (id: string, flags: { hangUp?: boolean; json?: boolean }): Promise<number> =>
  tell(
    await command(new ApiClient(whereIsApi()), id, 'cancel', { live_calls: flags.hangUp ? 'hang_up' : 'finish' }),
    flags.json,
  );

/** `vocero batch report ID`: prints the report, or writes it to a file. */
export async function reportBatch(id: string, flags: { out?: string; semicolon?: boolean }): Promise<number> {
  const client = new ApiClient(whereIsApi());
  const query = flags.semicolon ? '?delimiter=semicolon' : '';
  // The body is read later, and may take its time.
  const response = await client.fetch(`${PATH}/${encodeURIComponent(id)}/report.csv${query}`, async (answer) => answer);
  if (!response.body || !response.headers.get('content-type')?.startsWith('text/csv'))
    throw notTheApi(`${client.url} answers with something that is not a report.`, response.status);
  const report = Readable.fromWeb(response.body as import('node:stream/web').ReadableStream);
  if (flags.out === undefined) {
    for await (const part of report) if (!process.stdout.write(part)) await once(process.stdout, 'drain');
    return 0;
  }
  const file = createWriteStream(flags.out);
  await pipeline(report, file).catch((error: unknown) => {
    if (file.errored) throw badUsage(`--out ${flags.out}: ${(error as Error).message}`);
    throw error;
  });
  return 0;
}
