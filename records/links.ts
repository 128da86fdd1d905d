import { attemptOf } from './attempt-id.ts';
import type { EventRecords } from './ports/events.ts';
import type { Database } from './tables.ts';

type Links = Pick<EventRecords, 'linkAttempt' | 'findAttempt' | 'noteConversation'>;

const KINDS = ['call_sid', 'conversation_id'] as const;

export const links = (db: Database): Links => ({
  async linkAttempt(callId, ids) {
    const { booking_id } = attemptOf(callId);
    const rows = KINDS.flatMap((kind) => {
      const provider_id = ids[kind];
      return provider_id ? [{ kind, provider_id, call_id: callId, booking_id }] : [];
    });
    if (rows.length === 0) return;
    await db
      .insertInto('links')
      .values(rows)
      .onConflict((conflict) => conflict.columns(['kind', 'provider_id']).doUpdateSet({ call_id: callId, booking_id }))
      .execute();
    await unlessForgotten(db, booking_id);
  },

  async noteConversation(callId, provider_id) {
    const { booking_id } = attemptOf(callId);
    await db
      .insertInto('links')
      .values({ kind: 'other_conversation', provider_id, call_id: callId, booking_id })
      .onConflict((conflict) => conflict.columns(['kind', 'provider_id']).doNothing())
      .execute();
    await unlessForgotten(db, booking_id);
  },

  /** The call's id takes precedence over the conversation's, and a link over the workflow's view. */
  async findAttempt(ids) {
    for (const kind of KINDS) {
      const id = ids[kind];
      if (!id) continue;
      const link = await db
        .selectFrom('links')
        .select('call_id')
        .where('kind', '=', kind)
        .where('provider_id', '=', id)
        .executeTakeFirst();
      if (link) return link.call_id;
      const attempt = await db
        .selectFrom('attempts')
        .select('call_id')
        .where(kind, '=', id)
        .orderBy('started_at', 'desc')
        .limit(1)
        .executeTakeFirst();
      if (attempt) return attempt.call_id;
    }
    return undefined;
  },
});

/**
 * Removes a new link whose booking was erased meanwhile. Checked afterwards: a later erasure will find the link. (No foreign key: a live
 * call must be found even if its booking's row is lost.)
 */
async function unlessForgotten(db: Database, bookingId: string): Promise<void> {
  await db
    .deleteFrom('links')
    .where('booking_id', '=', bookingId)
    .where((eb) =>
      eb.exists(
        eb.selectFrom('erasures').select('booking_id').where('booking_id', '=', bookingId).where('forgotten', '=', 1),
      ),
    )
    .execute();
}
