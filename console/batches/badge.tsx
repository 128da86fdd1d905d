import type { BatchStatus, RowStatus } from '../../domain/batch/statuses.ts';
import { useWords, wordFor } from '../language/language.ts';

/** The colours and shapes of the bookings' states. */
const LOOKS: Record<string, string> = {
  running: 'in_progress',
  canceling: 'in_progress',
  paused: 'needs_review',
  expired: 'failed',
  invalid: 'failed',
};

export function BatchBadge({ status }: { status: BatchStatus }) {
  const { batches } = useWords();
  return <span class={`status ${LOOKS[status] ?? status}`}>{wordFor(batches.status, status)}</span>;
}

export function RowBadge({ status }: { status: RowStatus }) {
  const { batches } = useWords();
  return <span class={`status ${LOOKS[status] ?? status}`}>{wordFor(batches.rowStatus, status)}</span>;
}
