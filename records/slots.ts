import type { Provider } from '../domain/channels.ts';
import type { LimitRecords } from './ports/limits.ts';
import type { Database } from './tables.ts';

type Slots = Pick<LimitRecords, 'takeSlots' | 'releaseSlots' | 'slotsTaken'>;

/** One row for each slot that a call takes at a provider. */
export const slots = (db: Database): Slots => ({
  async takeSlots({ call_id, booking_id, wanted, now, until }) {
    const at = Date.parse(now);
    const until_ms = Date.parse(until);
    // Always in the same order, so that two transactions cannot deadlock on each other's gates.
    const inOrder = wanted.toSorted((a, b) => a.provider.localeCompare(b.provider));
    return db.transaction().execute(async (trx) => {
      for (const { provider, count, most } of inOrder) {
        await passGate(trx, provider);
        await trx.deleteFrom('slots').where('provider', '=', provider).where('until_ms', '<=', at).execute();
        const taken = await trx
          .selectFrom('slots')
          .select((eb) => eb.fn.sum<number | string | null>('count').as('count'))
          .where('provider', '=', provider)
          .where('call_id', '<>', call_id)
          .executeTakeFirstOrThrow();
        if (Number(taken.count ?? 0) + count > most) return provider;
      }
      for (const { provider, count } of inOrder) {
        await trx
          .insertInto('slots')
          .values({ provider, call_id, booking_id, count, until_ms })
          .onConflict((conflict) => conflict.columns(['provider', 'call_id']).doUpdateSet({ count, until_ms }))
          .execute();
      }
      return undefined;
    });
  },

  async releaseSlots(callId) {
    await db.deleteFrom('slots').where('call_id', '=', callId).execute();
  },

  async slotsTaken(now) {
    const rows = await db
      .selectFrom('slots')
      .select((eb) => ['provider', eb.fn.sum<number | string>('count').as('count')])
      .where('until_ms', '>', Date.parse(now))
      .groupBy('provider')
      .execute();
    return Object.fromEntries(rows.map(({ provider, count }) => [provider, Number(count)]));
  },
});

/** Locks one provider's slots until the transaction ends. */
const passGate = (trx: Database, provider: Provider) =>
  trx
    .insertInto('slot_gates')
    .values({ provider, takes: 1 })
    .onConflict((conflict) =>
      conflict.column('provider').doUpdateSet((eb) => ({ takes: eb('slot_gates.takes', '+', 1) })),
    )
    .execute();
