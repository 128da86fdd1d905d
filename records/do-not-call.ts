import { iso } from '../domain/iso.ts';
import type { Prohibition, ProhibitionRecords } from './ports/prohibitions.ts';
import { enterForCall, enterNumber } from './prohibitions.ts';
import type { Database } from './tables.ts';

const COLUMNS = ['phone_hash', 'phone_masked', 'booking_id', 'at', 'reason', 'expires_ms'] as const;

/** The entries that count at an instant. */
const counting = (db: Database, now: string) =>
  db
    .selectFrom('do_not_call')
    .select(COLUMNS)
    .where((eb) => eb.or([eb('expires_ms', 'is', null), eb('expires_ms', '>', Date.parse(now))]));

type Row = Awaited<ReturnType<ReturnType<typeof counting>['executeTakeFirstOrThrow']>>;

const prohibitionIn = ({ reason, expires_ms, ...entry }: Row): Prohibition => ({
  ...entry,
  ...(reason !== null && { reason }),
  ...(expires_ms !== null && { expires_at: iso(Number(expires_ms)) }),
});

/** Numbers that asked not to be called, by keyed hash. They outlive their bookings. */
export const doNotCall = (db: Database): ProhibitionRecords => ({
  async forbidNumber({ call_id, expires_at, ...given }) {
    const entry = { ...given, expires_ms: expires_at === undefined ? null : Date.parse(expires_at) };
    if (call_id === undefined) return enterNumber(db, entry);
    await db.transaction().execute((trx) => enterForCall(trx, call_id, entry));
  },

  async allowNumber(phoneHash) {
    const removed = await db
      .deleteFrom('do_not_call')
      .where('phone_hash', '=', phoneHash)
      .returning(['phone_masked', 'booking_id'])
      .executeTakeFirst();
    return removed;
  },

  async prohibitionOf(phoneHashes, now) {
    const row = await counting(db, now).where('phone_hash', 'in', phoneHashes).limit(1).executeTakeFirst();
    return row && prohibitionIn(row);
  },

  async forbidden(now) {
    const rows = await counting(db, now).orderBy('at', 'desc').orderBy('phone_hash').execute();
    return rows.map(prohibitionIn);
  },
});
