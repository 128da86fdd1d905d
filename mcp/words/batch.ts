import type { BatchRowView, BatchView } from '../../domain/batch/view.ts';
import { callOf, lines, plain, USUAL_WAIT } from './common.ts';

const given = (counts: Record<string, number | undefined>): string =>
  Object.entries(counts)
    .filter(([, count]) => count)
    .map(([name, count]) => `${count} ${name}`)
    .join(', ');

export function nextOfBatch({ id: batch_id, status, paused_because }: BatchView): string {
  switch (status) {
    case 'held':
      return `Nothing rings until ${callOf('control_batch', { batch_id, action: 'start' })}.`;
    case 'paused':
      return paused_because === 'failures'
        ? `Paused because many rows failed. Tell the user; ${callOf('control_batch', { batch_id, action: 'resume' })} goes on.`
        : `Paused. ${callOf('control_batch', { batch_id, action: 'resume' })} goes on.`;
    case 'completed':
    case 'canceled':
      return `Final. ${callOf('get_batch', { batch_id, rows_limit: 100 })} shows the result of each row.`;
    default:
      return `Not final yet: call ${callOf('get_batch', { batch_id, wait_seconds: USUAL_WAIT })}.`;
  }
}

export function batchWords({ id, name, status, counts, results, simulated }: BatchView): string {
  const { total, ...rows } = counts;
  return lines(
    `Batch ${id}${name ? ` (${plain(name)})` : ''}: ${status}${simulated ? ' (simulated: nobody is really called)' : ''}.`,
    `Rows: ${total}${total > 0 ? ` (${given(rows)})` : ''}.`,
    given(results) !== '' && `Results: ${given(results)}.`,
  );
}

export const rowWords = ({
  row,
  key,
  status,
  result,
  why,
  booking_id,
  confirmed_date,
  confirmed_time,
}: BatchRowView): string =>
  plain(
    `${row}. ${key ?? ''} ${[status, result, confirmed_date, confirmed_time, booking_id, why].filter(Boolean).join(', ')}`,
  );
