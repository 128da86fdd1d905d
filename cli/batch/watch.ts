import type { BatchEvent, BatchView } from '../../domain/batch/view.ts';
import { ApiClient, notTheApi } from '../api-client.ts';
import { eventsOf } from '../events.ts';
import { CliFailure } from '../failure.ts';
import { jsonOf, plain } from '../foreign.ts';
import { dim } from '../ink.ts';
import { EXIT } from '../outcome.ts';
import { ProgressLine } from '../progress-line.ts';
import type { Manner } from '../watch.ts';
import { whereIsApi } from '../where.ts';
import { barText, batchLines, countsText } from './text.ts';

export const PATH = '/v1/batches';

/** The worst of its rows decides: a review, a row without an appointment, an appointment for every row. */
export function exitCodeOf({
  status,
  counts,
  simulated,
  simulated_rows,
}: Pick<BatchView, 'status' | 'counts' | 'simulated' | 'simulated_rows'>): number {
  if (status === 'canceled') return EXIT.canceled;
  if (counts.needs_review > 0) return EXIT.needsReview;
  if (counts.completed < counts.total) return EXIT.unreached;
  // In the sandbox all is simulated, and was meant to be.
  return simulated_rows > 0 && !simulated ? EXIT.simulation : EXIT.confirmed;
}

/** A batch as it is now. */
export async function readBatch(client: ApiClient, id: string): Promise<BatchView> {
  const batch = await client.send<BatchView | null>('GET', `${PATH}/${encodeURIComponent(id)}`);
  if (batch?.id === id && batch.counts) return batch;
  throw notTheApi(`${client.url} answers with something that is not the batch.`);
}

const lineOf = (event: BatchEvent): string | undefined => {
  const at = dim(new Date(event.at).toLocaleTimeString('sv'));
  if (event.type === 'status') return `${at}  ${plain(event.status)}: ${countsText(event.counts)}`;
  if (event.type !== 'row') return undefined;
  const { row, key, status, result, why, booking_id } = plain(event);
  if (status === 'waiting' || status === 'in_progress') return undefined;
  const told = [result ?? status, why && dim(why), booking_id && dim(booking_id)].filter(Boolean).join('  ');
  return `${at}  row ${row}${key ? ` (${key})` : ''}: ${told}`;
};

/**
 * Follows a batch until every row is final.
 * @param after the number of an event: only later ones are told
 * @throws CliFailure if it cannot be followed, or at Ctrl-C
 */
export async function followBatch(
  client: ApiClient,
  id: string,
  manner: Manner,
  after?: number,
): Promise<{ exitCode: number; batch: BatchView }> {
  const interrupted = new AbortController();
  const onSignal = (): void => interrupted.abort();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, onSignal);
  const progress = manner === 'text' ? new ProgressLine() : undefined;
  const say = (line: string): void => (progress ? progress.print(line) : console.error(line));
  const which = { path: PATH, reopens: true, after };
  try {
    for await (const event of eventsOf<BatchEvent>(client, id, interrupted.signal, say, which)) {
      if (manner === 'lines') console.log(jsonOf(event));
      const line = lineOf(event);
      if (line !== undefined) progress?.print(line);
      progress?.still(barText(event.counts));
    }
  } finally {
    progress?.end();
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.removeListener(signal, onSignal);
  }
  if (interrupted.signal.aborted)
    throw new CliFailure(
      `\nThe batch goes on. Watch it: vocero batch watch ${id}   Pause it: vocero batch pause ${id}`,
      EXIT.interrupted,
      { code: 'interrupted' },
    );
  const batch = await readBatch(client, id);
  if (manner === 'text') for (const line of ['', ...batchLines(batch)]) console.log(line);
  return { exitCode: exitCodeOf(batch), batch };
}

/** `vocero batch watch ID`. Returns the exit code. */
export async function runWatchBatch(id: string, flags: { json?: boolean }): Promise<number> {
  const { exitCode } = await followBatch(new ApiClient(whereIsApi()), id, flags.json ? 'lines' : 'text');
  return exitCode;
}
