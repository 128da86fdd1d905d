import { attemptOf } from './attempt-id.ts';
import type { CallRecords } from './ports/calls.ts';
import type { Database } from './tables.ts';

type StreamTokens = Pick<CallRecords, 'issueStreamToken' | 'takeStreamToken'>;

const FORGET_AFTER_MS = 3_600_000;

export const streamTokens = (db: Database, now: () => number): StreamTokens => ({
  async issueStreamToken({ hash, call_id, call_sid, expires_at }) {
    const { booking_id } = attemptOf(call_id);
    await db.transaction().execute(async (trx) => {
      await trx
        .deleteFrom('stream_tokens')
        .where('expires_ms', '<', now() - FORGET_AFTER_MS)
        .execute();
      const at_ms = now();
      const { issued: epoch } = await trx
        .insertInto('hosted_calls')
        .values({ call_id, booking_id, bridge_id: '', issued: 1, taken: 0, prepared: 1, over: 0, opened: 0, at_ms })
        .onConflict((conflict) =>
          conflict.column('call_id').doUpdateSet((eb) => ({ issued: eb('hosted_calls.issued', '+', 1) })),
        )
        .returning('issued')
        .executeTakeFirstOrThrow();
      await trx
        .insertInto('stream_tokens')
        .values({ hash, call_id, booking_id, call_sid, expires_ms: Date.parse(expires_at), epoch })
        .execute();
    });
  },

  /** One statement takes the token, so that only one of two takers gets it. A refused taker does not consume the token. */
  async takeStreamToken(hash, callId, callSid, at) {
    return db.transaction().execute(async (trx) => {
      const token = await trx
        .deleteFrom('stream_tokens')
        .where('hash', '=', hash)
        .where('call_id', '=', callId)
        .where('call_sid', '=', callSid)
        .where('expires_ms', '>', Date.parse(at))
        .returning('epoch')
        .executeTakeFirst();
      if (!token) return undefined;
      const newest = await trx
        .updateTable('hosted_calls')
        .set({ taken: token.epoch })
        .where('call_id', '=', callId)
        .where('taken', '<', token.epoch)
        .returning('taken')
        .executeTakeFirst();
      return newest?.taken;
    });
  },
});
