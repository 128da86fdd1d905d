import { attemptOf } from './attempt-id.ts';
import type { Records } from './interface.ts';
import type { Database } from './tables.ts';

type StreamTokens = Pick<Records, 'issueStreamToken' | 'takeStreamToken'>;

const FORGET_AFTER_MS = 3_600_000;

export const streamTokens = (db: Database, now: () => number): StreamTokens => ({
  async issueStreamToken({ hash, call_id, call_sid, expires_at }) {
    const { booking_id } = attemptOf(call_id);
    await db.transaction().execute(async (trx) => {
      await trx
        .deleteFrom('stream_tokens')
        .where('expires_ms', '<', now() - FORGET_AFTER_MS)
        .execute();
      await trx
        .insertInto('stream_tokens')
        .values({ hash, call_id, booking_id, call_sid, expires_ms: Date.parse(expires_at) })
        .execute();
    });
  },

  /** One statement, so that of two takers only one has it. A refused taker does not use the token up. */
  async takeStreamToken(hash, callId, callSid, at) {
    const taken = await db
      .deleteFrom('stream_tokens')
      .where('hash', '=', hash)
      .where('call_id', '=', callId)
      .where('call_sid', '=', callSid)
      .where('expires_ms', '>', Date.parse(at))
      .returning('hash')
      .executeTakeFirst();
    return taken !== undefined;
  },
});
