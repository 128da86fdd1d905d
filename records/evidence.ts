import type { Evidence } from '../domain/evidence.ts';
import { asksNeverToBeCalled } from '../domain/prohibition.ts';
import { rejectionIn } from '../domain/rejection.ts';
import { attemptOf } from './attempt-id.ts';
import { countRejection } from './callers.ts';
import type { EventRecords } from './ports/events.ts';
import { honour } from './prohibitions.ts';
import type { Database } from './tables.ts';
import { ofKnownBooking } from './unknown-booking.ts';

type EvidenceRecords = Pick<EventRecords, 'addEvidence' | 'evidence'>;

export const evidence = (db: Database): EvidenceRecords => ({
  /**
   * In any state of the booking: late evidence is stored, too.
   * @throws UnknownBooking
   */
  async addEvidence(item, artifact) {
    const { booking_id } = attemptOf(item.call_id);
    // Only evidence that forbids a number or rejects a call needs more than one statement.
    const stored =
      asksNeverToBeCalled(item) || rejectionIn(item)
        ? db.transaction().execute((trx) => storeEvidence(trx, item, artifact))
        : storeEvidence(db, item, artifact);
    return ofKnownBooking(booking_id, stored);
  },

  /** In the order of arrival. */
  async evidence(bookingId) {
    const rows = await db
      .selectFrom('evidence')
      .select('evidence_json')
      .where('booking_id', '=', bookingId)
      .orderBy('position')
      .execute();
    return rows.map((row) => JSON.parse(row.evidence_json) as Evidence);
  },
});

/** Stores one piece of evidence; nothing else writes this table. True when it is new. */
export async function storeEvidence(trx: Database, item: Evidence, artifact?: string): Promise<boolean> {
  const added = await trx
    .insertInto('evidence')
    .values(evidenceRow(item, artifact ?? null))
    .onConflict((conflict) => conflict.columns(['booking_id', 'evidence_id']).doNothing())
    .returning('evidence_id')
    .executeTakeFirst();
  await honour(trx, item);
  await countRejection(trx, item);
  return added !== undefined;
}

function sourceOf(item: Evidence): string {
  switch (item.kind) {
    case 'bridge':
      return item.event;
    case 'media':
      return item.media;
    case 'inbound':
      return item.channel;
    default:
      return item.source;
  }
}

export const evidenceRow = (item: Evidence, artifact: string | null) => ({
  booking_id: attemptOf(item.call_id).booking_id,
  evidence_id: item.id,
  call_id: item.call_id,
  kind: item.kind,
  source: sourceOf(item),
  at: item.at,
  artifact,
  evidence_json: JSON.stringify(item),
});
