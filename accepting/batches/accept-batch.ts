import { createHash } from 'node:crypto';
import type { BatchGateway } from '../../delivery/batch-gateway.ts';
import { isTooDeep } from '../../domain/batch/merge.ts';
import { iso } from '../../domain/iso.ts';
import type { BatchSettings } from '../../domain/schemas/batch.ts';
import type { BatchCheck } from '../../domain/schemas/batch-check.ts';
import { contentHash } from '../../records/content-hash.ts';
import type { BatchRecords, NewRow, StoredBatch } from '../../records/ports/batches.ts';
import type { Refusal } from '../dial-times.ts';
import { newBookingId } from '../keyed-hashes.ts';
import type { AcceptingSettings } from '../settings.ts';
import { betweenSignals } from './between-signals.ts';
import { breather } from './breathe.ts';
import { type CheckInput, checkBatch } from './check.ts';
import type { CheckedRow } from './check-row.ts';
import { refusedSettings } from './refuse-settings.ts';
import { storedRow } from './stored-rows.ts';

export interface BatchDependencies {
  records: BatchRecords;
  batches: BatchGateway;
  settings: AcceptingSettings;
  /** Milliseconds since 1970. */
  now: () => number;
}

export interface BatchRequest {
  settings: BatchSettings;
  from: CheckInput['from'];
  /** Keyed hash of the API key. */
  owner: string;
  /** The Idempotency-Key. */
  key?: string | undefined;
}

export type AcceptedBatch =
  /** Its rows are stored, and its workflow is started. */
  | { how: 'created' | 'repeated'; batch: StoredBatch }
  | { how: 'refused'; fields: Refusal[] }
  /** Rows that the settings do not permit. */
  | { how: 'invalid'; check: BatchCheck }
  /** Not what was checked. */
  | { how: 'differs'; check: BatchCheck }
  /** The key belongs to a batch with another body, or to an erased one. */
  | { how: 'conflict' | 'erased'; batch_id: string };

/** Rows that are stored by one call, so that other requests have their turns in between. */
const AT_ONCE = 200;

/** The same id for the same owner and key, so that a repeated request never makes a second batch, whatever copy of the database is in use. */
const batchIdOf = (settings: AcceptingSettings, owner: string, key: string | undefined): string =>
  `ba_${(key === undefined ? newBookingId() : settings.bookingIdOf(owner, `batch\n${key}`)).slice('bk_'.length)}`;

/**
 * Creates batches; nothing else does. The rows are stored first, in parts; a batch whose acceptance was interrupted goes on when the same
 * request is repeated.
 * @throws BatchTooLarge for more than 10,000 rows or 10 MiB
 * @throws Unavailable when Temporal does not answer: its rows are stored, and the same request opens it later
 */
export async function acceptBatch(deps: BatchDependencies, asked: BatchRequest): Promise<AcceptedBatch> {
  const { records, batches, settings: installation, now } = deps;
  const { settings, from, owner, key } = asked;
  const at = now();
  const checked = await checkBatch({ settings, from, installation, now: at });
  const { check, rows } = checked;
  const known = key === undefined ? undefined : await records.batchOfKey(owner, key);
  // A repeated request finds its batch, even if some of its days are past by now.
  if (!known) {
    const fields = refusedSettings(settings, installation, at);
    if (fields.length > 0) return { how: 'refused', fields };
    if (checked.refused) return { how: 'invalid', check };
    if (settings.check !== undefined && settings.check !== check.check) return { how: 'differs', check };
  }
  const { check: _check, ...lasting } = settings;
  const begun = await records.beginBatch({
    id: batchIdOf(installation, owner, key),
    owner,
    idempotency_key: key,
    body_hash: key === undefined ? check.check : await bodyHash(lasting, rows),
    settings,
    accounts: installation.accounts,
    at: iso(at),
  });
  if ('batch_id' in begun) return begun;
  if (!begun.ready) await putRows(deps, begun.id, rows, at);
  // Its workflow waits until the batch is open. Without one the batch stays closed, and nobody is called for a request that failed.
  const batch = await betweenSignals(batches, begun.id, () => records.openBatch(begun.id, iso(now())));
  if (!batch) return { how: 'erased', batch_id: begun.id };
  return { how: begun.how, batch };
}

/** Of a body, parsed and with defaults, in whatever form it came: the same body is the same batch. */
async function bodyHash(settings: Omit<BatchSettings, 'check'>, rows: readonly CheckedRow[]): Promise<string> {
  const breathe = breather();
  const digest = createHash('sha256').update(contentHash(settings));
  for (const { body } of rows) {
    await breathe();
    digest.update(isTooDeep(body) ? 'too deep' : contentHash(body));
  }
  return digest.digest('hex');
}

async function putRows(
  { records }: BatchDependencies,
  batchId: string,
  rows: readonly CheckedRow[],
  now: number,
): Promise<void> {
  const breathe = breather();
  let some: NewRow[] = [];
  for (const row of rows) {
    await breathe();
    some.push(storedRow(row, now));
    if (some.length < AT_ONCE) continue;
    await records.putRows(batchId, some);
    some = [];
  }
  if (some.length > 0) await records.putRows(batchId, some);
}
