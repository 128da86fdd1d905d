import { type SqlBool, sql } from 'kysely';
import type { ActKind } from '../domain/acts.ts';
import { iso } from '../domain/iso.ts';
import type { BookingOrder } from '../domain/order.ts';
import { SHOWN } from './booking-rows.ts';
import type { OperatingRecords } from './ports/operating.ts';
import type { Database } from './tables.ts';

const YEAR_MS = 366 * 86_400_000;

/** The decision of a person counts before the outcome. A simulation has no phone channel. */
const sumOf = (results: readonly string[]) =>
  sql<number | string | null>`sum(case when coalesce(decided, result) in (${sql.join(results)})
    and (decided is not null or channel is null or channel <> 'simulation') then 1 else 0 end)`;

/** Figures, warnings and deeds for operators. Each statement reads one small index. */
export const operating = (db: Database): OperatingRecords => ({
  async figures({ owner, from, before }) {
    const row = await db
      .selectFrom('bookings')
      .select((eb) => [
        eb.fn.countAll<number | string>().as('final'),
        sumOf(['confirmed']).as('confirmed'),
        sumOf(['unreachable', 'voicemail']).as('unreachable'),
        sumOf(['canceled']).as('canceled'),
        sql<number | string | null>`sum(case when channel = 'simulation' and decided is null then 1 else 0 end)`.as(
          'simulated',
        ),
        eb.fn.sum<number | string | null>('answered').as('answered'),
        eb.fn.sum<number | string | null>('talk_seconds').as('talk_seconds'),
        eb.fn.sum<number | string | null>('phone_minutes').as('phone_minutes'),
        eb.fn.sum<number | string | null>('agent_seconds').as('agent_seconds'),
      ])
      .where(SHOWN)
      .where('final_ms', '>=', Date.parse(from))
      .where('final_ms', '<', Date.parse(before))
      .$if(owner !== undefined, (query) => query.where('owner', '=', owner!))
      .executeTakeFirstOrThrow();
    return {
      final: Number(row.final),
      confirmed: Number(row.confirmed ?? 0),
      unreachable: Number(row.unreachable ?? 0),
      canceled: Number(row.canceled ?? 0),
      simulated: Number(row.simulated ?? 0),
      usage: {
        answered: Number(row.answered ?? 0),
        talk_seconds: Number(row.talk_seconds ?? 0),
        phone_minutes: Number(row.phone_minutes ?? 0),
        agent_seconds: Number(row.agent_seconds ?? 0),
      },
    };
  },

  async reviewsDue(owner) {
    const row = await db
      .selectFrom('bookings')
      .select((eb) => [
        eb.fn.countAll<number | string>().as('count'),
        eb.fn.max<number | string | null>('final_ms').as('newest'),
      ])
      // Without parameters: the partial index matches by this text.
      .where(sql<SqlBool>`status = 'needs_review' and reviewed = 0`)
      .where(SHOWN)
      .$if(owner !== undefined, (query) => query.where('owner', '=', owner!))
      .executeTakeFirstOrThrow();
    return { count: Number(row.count), newest: row.newest === null ? null : iso(Number(row.newest)) };
  },

  async openOfNumber({ phone_hashes, owner, limit }) {
    const found = await Promise.all(
      phone_hashes.map((hash) =>
        db
          .selectFrom('bookings')
          .select(['id', 'status', 'order_json', 'created_ms'])
          .where('final_ms', 'is', null)
          .where(SHOWN)
          .where('phone_hash', '=', hash)
          .$if(owner !== undefined, (query) => query.where('owner', '=', owner!))
          .orderBy('created_ms', 'desc')
          .limit(limit)
          .execute(),
      ),
    );
    return found
      .flat()
      .toSorted((a, b) => Number(b.created_ms) - Number(a.created_ms))
      .slice(0, limit)
      .map(({ id, status, order_json, created_ms }) => {
        const { service_type, user_name } = (JSON.parse(order_json) as BookingOrder).request;
        return { id, status, service_type, user_name, created_at: iso(Number(created_ms)) };
      });
  },

  async addAct({ act, at, by, key, booking_id, subject }) {
    const at_ms = Date.parse(at);
    await db.transaction().execute(async (trx) => {
      await trx
        .deleteFrom('acts')
        .where('at_ms', '<', at_ms - YEAR_MS)
        .execute();
      await trx.insertInto('acts').values({ at_ms, act, by_whom: by, key, booking_id, subject }).execute();
    });
  },

  async acts({ booking_id, act, by, key, from, before, after, limit }) {
    const rows = await db
      .selectFrom('acts')
      .select(['position', 'act', 'at_ms', 'by_whom', 'key', 'booking_id', 'subject'])
      .$if(booking_id !== undefined, (query) => query.where('booking_id', '=', booking_id!))
      .$if(act !== undefined, (query) => query.where('act', '=', act!))
      .$if(by !== undefined, (query) => query.where('by_whom', '=', by!))
      .$if(key !== undefined, (query) => query.where('key', '=', key!))
      // As a sum, so that the index by age is not taken: its rows would have to be sorted.
      .$if(from !== undefined, (query) => query.where(sql<number>`at_ms + 0`, '>=', Date.parse(from!)))
      .$if(before !== undefined, (query) => query.where(sql<number>`at_ms + 0`, '<', Date.parse(before!)))
      .$if(after !== undefined, (query) => query.where('position', '<', after!))
      .orderBy('position', 'desc')
      .limit(limit)
      .execute();
    return rows.map(({ position, act: kind, at_ms, by_whom, ...row }) => ({
      ...row,
      position: Number(position),
      act: kind as ActKind,
      at: iso(Number(at_ms)),
      by: by_whom,
    }));
  },
});
