import { gateOf, placesOf } from '../domain/batch/lifecycle.ts';
import type { BatchStatus } from '../domain/batch/statuses.ts';
import { fits } from '../domain/queue-order.ts';
import type { BatchSettings } from '../domain/schemas/batch.ts';
import { lockBatch } from './batch-changes.ts';
import { failedTooOften } from './batch-stop.ts';
import { givePlaces, noteBounds, passGates, roomAt, setBound } from './gates.ts';
import { freePlaces, giveFreePlaces } from './places.ts';
import type { PlaceRecords } from './ports/places.ts';
import type { Database } from './tables.ts';

/** One row for each call at each gate where it takes places. */
export const slots = (db: Database, clock: () => number): PlaceRecords => ({
  async takeSlots({ call_id, booking_id, wanted, now, until }) {
    return db.transaction().execute(async (trx) => {
      await passGates(trx);
      await noteBounds(trx, wanted);
      const gates = wanted.map(({ gate }) => gate);
      const room = await roomAt(trx, gates, Date.parse(now), call_id);
      const full = wanted.find((one) => !fits([one], room));
      if (full) return full.gate;
      await givePlaces(trx, wanted, { call_id, booking_id, until_ms: Date.parse(until) });
      return undefined;
    });
  },

  async releaseSlots(callId) {
    return db.transaction().execute((trx) => freePlaces(trx, (slots) => slots.where('call_id', '=', callId), clock()));
  },

  async openGate(batchId) {
    return db.transaction().execute(async (trx) => {
      // All gates first, then a single one, then the batch, as all who free a place and then change the row of its booking.
      const turn = await passGates(trx);
      const row = await lockBatch(trx, batchId);
      if (!row || row.erasing === 1) return undefined;
      const settings = JSON.parse(row.settings_json) as BatchSettings;
      const stays = await failedTooOften(trx, batchId, settings);
      const places = stays
        ? 0
        : placesOf({ status: row.status as BatchStatus, max_concurrent: settings.max_concurrent });
      await setBound(trx, gateOf(batchId), places);
      return { places, handed: await giveFreePlaces(trx, clock(), turn) };
    });
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

  async countWaiting() {
    const { count } = await db
      .selectFrom('line_waiters')
      .select((eb) => eb.fn.countAll<number | string>().as('count'))
      .where('queue', 'is not', null)
      .where('has_line', '=', 1)
      .executeTakeFirstOrThrow();
    return Number(count);
  },

  async mindPlaces(now, since, limit) {
    const at = Date.parse(now);
    return db.transaction().execute(async (trx) => {
      const handed = await freePlaces(trx, (slots) => slots.where('until_ms', '<=', at), at);
      const silent = await trx
        .selectFrom('lines')
        .select(['line_id', 'booking_id'])
        .where('handed_ms', '<', Date.parse(since))
        .orderBy('handed_ms')
        .limit(limit)
        .execute();
      for (const { line_id } of silent)
        await trx.updateTable('lines').set({ handed_ms: at }).where('line_id', '=', line_id).execute();
      return [...handed, ...silent];
    });
  },
});
