import type { Evidence } from '../domain/evidence.ts';
import { attemptOf } from './attempt-id.ts';
import type { Records } from './interface.ts';
import type { Database } from './tables.ts';
import { ofKnownBooking } from './unknown-booking.ts';

type EvidenceRecords = Pick<Records, 'addEvidence' | 'evidence'>;

export const evidence = (db: Database): EvidenceRecords => ({
  /** Whatever the booking's state: late evidence is kept too. Throws `UnknownBooking`. */
  async addEvidence(item, artifact) {
    const row = evidenceRow(item, artifact ?? null);
    const added = await ofKnownBooking(
      row.booking_id,
      db
        .insertInto('evidence')
        .values(row)
        .onConflict((conflict) => conflict.columns(['booking_id', 'evidence_id']).doNothing())
        .returning('evidence_id')
        .executeTakeFirst(),
    );
    return added !== undefined;
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

export const evidenceRow = (item: Evidence, artifact: string | null) => ({
  booking_id: attemptOf(item.call_id).booking_id,
  evidence_id: item.id,
  call_id: item.call_id,
  kind: item.kind,
  source: item.kind === 'bridge' ? item.event : item.source,
  at: item.at,
  artifact,
  evidence_json: JSON.stringify(item),
});
