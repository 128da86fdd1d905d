import type { BatchRecords, StoredBatch } from '../records/ports/batches.ts';
import type { Principal } from './authentication.ts';
import { Problem } from './problem.ts';

export const noBatch = (): Problem => new Problem(404, 'There is no such batch, or it is not yours.');

const maySee = ({ owner }: { owner: string }, principal: Principal): boolean =>
  principal.seesAll || owner === principal.owner;

/** The erasure of a batch, if this principal could have seen the batch. */
export async function visibleBatchErasure(
  records: Pick<BatchRecords, 'batchErasure'>,
  batchId: string,
  principal: Principal,
) {
  const erasure = await records.batchErasure(batchId);
  return erasure && maySee(erasure, principal) ? erasure : undefined;
}

/**
 * The batch, when this principal may see it.
 * @throws Problem 404, also for another key's batch; 410 for an erased one
 */
export async function findBatch(
  records: Pick<BatchRecords, 'batch' | 'batchErasure'>,
  batchId: string,
  principal: Principal,
): Promise<StoredBatch> {
  const batch = await records.batch(batchId);
  if (batch && maySee(batch, principal)) return batch;
  const erasure = batch ? undefined : await visibleBatchErasure(records, batchId, principal);
  if (!erasure) throw noBatch();
  const { erased_at, requested_at } = erasure;
  throw new Problem(
    410,
    erased_at ? `This batch was erased at ${erased_at}.` : `This batch is being erased, since ${requested_at}.`,
  );
}
