import type { Kysely } from 'kysely';
import { type Channel, isPhoneChannel } from '../domain/channels.ts';
import { isShort, sumOf, type Usage, usageOfAttempt } from '../domain/usage.ts';
import type { AttemptView, BookingView } from '../domain/view.ts';
import type { CallerRecords } from './ports/callers.ts';
import type { Database } from './tables.ts';

/** Calls that did not come from one of our numbers: calls of businesses, and simulations. */
const NOT_OURS = '';

export const usage = (db: Database): Pick<CallerRecords, 'callUsage'> => ({
  async callUsage() {
    const rows = await db.selectFrom('call_usage').selectAll().execute();
    return rows.map(({ caller, channel, ...sums }) => ({
      caller: caller === NOT_OURS ? undefined : caller,
      channel: channel as Channel,
      calls: Number(sums.calls),
      short: Number(sums.short),
      answered: Number(sums.answered),
      talk_seconds: Number(sums.talk_seconds),
      phone_minutes: Number(sums.phone_minutes),
      agent_seconds: Number(sums.agent_seconds),
    }));
  },
});

/**
 * Adds the calls of a booking to the sums of our numbers and of its batch. Called once for each booking, at the end of the transaction that
 * stores its outcome: all outcomes lock the same few rows, so they are locked as briefly as possible.
 */
export async function countUsage(trx: Database, { id, attempts, batch }: BookingView): Promise<void> {
  if (attempts.length === 0) return;
  const dials = await trx.selectFrom('dials').select(['call_id', 'caller']).where('booking_id', '=', id).execute();
  const callerOf = ({ call_id }: AttemptView): string =>
    dials.find((dial) => dial.call_id === call_id)?.caller ?? NOT_OURS;
  const sums = new Map<string, { caller: string; channel: Channel; calls: number; short: number } & Usage>();
  for (const attempt of attempts) {
    const { channel } = attempt;
    const caller = callerOf(attempt);
    const key = `${caller} ${channel}`;
    const before = sums.get(key);
    const { calls = 0, short = 0 } = before ?? {};
    sums.set(key, {
      ...sumOf([...(before ? [before] : []), usageOfAttempt(attempt)]),
      caller,
      channel,
      calls: calls + (wasPlaced(attempt) ? 1 : 0),
      short: short + (isShort(attempt) ? 1 : 0),
    });
  }
  // Always in the same order, and after the batch: two transactions that wait for each other's rows would end in a deadlock.
  const values = [...sums.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, value]) => value);
  if (batch) await addToBatch(trx, batch.id, sumOf(values));
  await trx
    .insertInto('call_usage')
    .values(values)
    .onConflict((conflict) =>
      conflict.columns(['caller', 'channel']).doUpdateSet((eb) => ({
        calls: eb('call_usage.calls', '+', eb.ref('excluded.calls')),
        short: eb('call_usage.short', '+', eb.ref('excluded.short')),
        answered: eb('call_usage.answered', '+', eb.ref('excluded.answered')),
        talk_seconds: eb('call_usage.talk_seconds', '+', eb.ref('excluded.talk_seconds')),
        phone_minutes: eb('call_usage.phone_minutes', '+', eb.ref('excluded.phone_minutes')),
        agent_seconds: eb('call_usage.agent_seconds', '+', eb.ref('excluded.agent_seconds')),
      })),
    )
    .execute();
}

/** A provider took it: a dial that was refused is no call. */
const wasPlaced = ({ channel, direction, call_sid, conversation_id }: AttemptView): boolean =>
  isPhoneChannel(channel) && direction === 'outbound' && (call_sid !== null || conversation_id !== null);

const addToBatch = (trx: Database, batchId: string, sum: Usage) =>
  trx
    .updateTable('batches')
    .set((eb) => ({
      answered: eb('answered', '+', sum.answered),
      talk_seconds: eb('talk_seconds', '+', sum.talk_seconds),
      phone_minutes: eb('phone_minutes', '+', sum.phone_minutes),
      agent_seconds: eb('agent_seconds', '+', sum.agent_seconds),
    }))
    .where('id', '=', batchId)
    .execute();

/** Sums of calls by our number and channel, and by batch. Nothing of it is personal. */
export async function createUsage({ schema }: Kysely<unknown>): Promise<void> {
  const sums = ['answered', 'talk_seconds', 'phone_minutes', 'agent_seconds'];
  let table = schema
    .createTable('call_usage')
    .addColumn('caller', 'text', (column) => column.notNull())
    .addColumn('channel', 'text', (column) => column.notNull());
  for (const sum of ['calls', 'short', ...sums]) table = table.addColumn(sum, 'bigint', (column) => column.notNull());
  await table.addPrimaryKeyConstraint('call_usage_once', ['caller', 'channel']).execute();
  for (const sum of sums) {
    await schema
      .alterTable('batches')
      .addColumn(sum, 'bigint', (column) => column.notNull().defaultTo(0))
      .execute();
  }
}
