import type { Evidence } from '../domain/evidence.ts';
import { attemptOf } from './attempt-id.ts';
import { storeEvidence } from './evidence.ts';
import type { EventRecords } from './ports/events.ts';
import type { Database } from './tables.ts';
import { ofKnownBooking } from './unknown-booking.ts';

type Unclaimed = Pick<EventRecords, 'addUnclaimed' | 'claim' | 'claimFor' | 'forgetUnclaimed'>;
type Ids = Parameters<EventRecords['claim']>[0];
type UnclaimedEvidence = Awaited<ReturnType<EventRecords['claim']>>[number];

/** Longer than any dial can stay unknown. Older evidence belongs to calls that are not ours, and must not be kept. */
const KEPT_MS = 48 * 3_600_000;

export const unclaimed = (db: Database, now: () => number): Unclaimed => ({
  /** The same evidence for the same ids is stored once. Evidence without any id could never be claimed and is not stored. */
  async addUnclaimed({ call_sid, conversation_id, phone, at, evidence }) {
    if (!call_sid && !conversation_id) return;
    await db.transaction().execute(async (trx) => {
      await forgetOld(trx, now());
      await trx
        .insertInto('unclaimed')
        .values({
          call_sid: call_sid ?? '',
          conversation_id: conversation_id ?? '',
          evidence_id: evidence.id,
          phone: phone ?? null,
          at,
          kept_ms: now(),
          evidence_json: JSON.stringify(evidence),
        })
        .onConflict((conflict) => conflict.columns(['call_sid', 'conversation_id', 'evidence_id']).doNothing())
        .execute();
    });
  },

  forgetUnclaimed: () => forgetOld(db, now()),

  claim: (ids) => take(db, ids),

  async claimFor(callId, ids) {
    if (!ids.call_sid && !ids.conversation_id) return [];
    const { booking_id } = attemptOf(callId);
    const moved = db.transaction().execute(async (trx) => {
      const items = (await take(trx, ids)).map((item) => ({ ...item, call_id: callId }) as Evidence);
      for (const item of items) await storeEvidence(trx, item);
      return items;
    });
    return ofKnownBooking(booking_id, moved);
  },
});

/** In the order of arrival. One statement, so that only one of two claims gets an item. */
async function take(db: Database, { call_sid, conversation_id }: Ids): Promise<UnclaimedEvidence[]> {
  if (!call_sid && !conversation_id) return [];
  const rows = await db
    .deleteFrom('unclaimed')
    .where((eb) =>
      eb.or([
        ...(call_sid ? [eb('call_sid', '=', call_sid)] : []),
        ...(conversation_id ? [eb('conversation_id', '=', conversation_id)] : []),
      ]),
    )
    .returning(['position', 'evidence_json'])
    .execute();
  return rows.sort((a, b) => a.position - b.position).map((row) => JSON.parse(row.evidence_json) as UnclaimedEvidence);
}

async function forgetOld(db: Database, now: number): Promise<void> {
  await db
    .deleteFrom('unclaimed')
    .where('kept_ms', '<', now - KEPT_MS)
    .execute();
}
