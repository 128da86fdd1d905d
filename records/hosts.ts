import { attemptOf } from './attempt-id.ts';
import type { CallRecords } from './ports/calls.ts';
import type { Database } from './tables.ts';

type Hosts = Pick<
  CallRecords,
  'beatBridge' | 'leaveBridge' | 'hostCall' | 'callOver' | 'hasBridge' | 'streamEpoch' | 'keepOpening' | 'openingHeard'
>;

/** A bridge without a beat for this long is used only when there is no other. */
const FRESH_MS = 1_500;
/** A bridge without a beat for this long is gone. */
const GONE_MS = 30_000;
const FORGET_AFTER_MS = 86_400_000;

interface Candidate {
  bridge_id: string;
  url: string;
  live: number;
  draining: number;
  seen_ms: number;
}

interface Choice {
  /** The current host of the call. */
  host?: string | undefined;
  /** The host has lost the call's stream. */
  lost?: boolean;
}

/**
 * Chooses the bridge process for a stream: a fresh one before a stale one; the current host, unless it has lost the stream; the one with
 * the fewest calls. A bridge that is about to end takes no stream.
 */
export function chooseBridge<T extends Candidate>(all: readonly T[], now: number, choice: Choice = {}): T | undefined {
  const rank = ({ bridge_id, seen_ms }: T): number => {
    const isHost = bridge_id === choice.host;
    return (now - seen_ms > FRESH_MS ? 4 : 0) + (isHost && choice.lost ? 2 : 0) + (isHost ? 0 : 1);
  };
  return all
    .filter(({ draining, seen_ms }) => !draining && now - seen_ms <= GONE_MS)
    .toSorted((a, b) => rank(a) - rank(b) || a.live - b.live || a.bridge_id.localeCompare(b.bridge_id))[0];
}

/** The running bridge processes, and the host of each call. */
export const hosts = (db: Database): Hosts => ({
  async beatBridge({ id, url, live, draining, now, calls }) {
    const seen_ms = Date.parse(now);
    const state = { url, live, draining: draining ? 1 : 0, seen_ms };
    return db.transaction().execute(async (trx) => {
      await trx
        .insertInto('bridges')
        .values({ bridge_id: id, ...state })
        .onConflict((conflict) => conflict.column('bridge_id').doUpdateSet(state))
        .execute();
      const prepare = await trx
        .updateTable('hosted_calls')
        .set({ prepared: 1 })
        .where('bridge_id', '=', id)
        .where('prepared', '=', 0)
        .returning(['call_id', 'over'])
        .execute();
      const known =
        calls.length === 0
          ? []
          : await trx
              .selectFrom('hosted_calls')
              .select(['call_id', 'over', 'taken'])
              .where('call_id', 'in', calls)
              .execute();
      return {
        prepare: prepare.filter((row) => !row.over).map((row) => row.call_id),
        calls: known.map(({ call_id, over, taken }) => ({ call_id, over: over === 1, epoch: taken })),
      };
    });
  },

  async leaveBridge(id) {
    await db.deleteFrom('bridges').where('bridge_id', '=', id).execute();
  },

  async hasBridge(now) {
    const all = await db.selectFrom('bridges').selectAll().execute();
    return chooseBridge(all.map(candidate), Date.parse(now)) !== undefined;
  },

  async hostCall({ call_id, now, again, here }) {
    const at_ms = Date.parse(now);
    const { booking_id } = attemptOf(call_id);
    return db.transaction().execute(async (trx) => {
      const all = (await trx.selectFrom('bridges').selectAll().execute()).map(candidate);
      const host = await trx
        .selectFrom('hosted_calls')
        .select(['bridge_id', 'over'])
        .where('call_id', '=', call_id)
        .executeTakeFirst();
      const chosen = chooseBridge(all, at_ms, { host: host?.bridge_id, lost: again });
      if (!chosen) return undefined;
      const { bridge_id, url } = chosen;
      const moved = host?.bridge_id !== bridge_id;
      if (moved) {
        const prepared = bridge_id === here ? 1 : 0;
        await trx
          .insertInto('hosted_calls')
          .values({ call_id, booking_id, bridge_id, issued: 0, taken: 0, prepared, over: 0, opened: 0, at_ms })
          .onConflict((conflict) => conflict.column('call_id').doUpdateSet({ bridge_id, prepared, at_ms }))
          .execute();
      }
      if (!host) {
        await trx
          .deleteFrom('hosted_calls')
          .where('at_ms', '<', at_ms - FORGET_AFTER_MS)
          .execute();
        await trx
          .deleteFrom('bridges')
          .where('seen_ms', '<', at_ms - FORGET_AFTER_MS)
          .execute();
      }
      return { bridge_id, url, is_new: moved && host?.over !== 1 };
    });
  },

  async callOver(callId) {
    await db.updateTable('hosted_calls').set({ over: 1 }).where('call_id', '=', callId).execute();
  },

  async streamEpoch(callId) {
    const row = await db.selectFrom('hosted_calls').select('taken').where('call_id', '=', callId).executeTakeFirst();
    return row?.taken ?? 0;
  },

  async keepOpening(callId) {
    await db.updateTable('hosted_calls').set({ opened: 1 }).where('call_id', '=', callId).execute();
  },

  async openingHeard(callId) {
    const row = await db.selectFrom('hosted_calls').select('opened').where('call_id', '=', callId).executeTakeFirst();
    return row?.opened === 1;
  },
});

/** PostgreSQL's driver returns 64-bit integers as strings. */
const candidate = <T extends Candidate>(row: T): T => ({ ...row, seen_ms: Number(row.seen_ms) });
