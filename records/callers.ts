import type { Kysely } from 'kysely';
import type { Evidence } from '../domain/evidence.ts';
import type { RejectingSip } from '../domain/rejecting-sip.ts';
import { rejectionIn } from '../domain/rejection.ts';
import type { CallerRecords } from './ports/callers.ts';
import type { Database } from './tables.ts';

export const callers = (db: Database): Omit<CallerRecords, 'callUsage'> => ({
  async callsBeside(callId, limit) {
    const own = await db.selectFrom('dials').select('caller').where('call_id', '=', callId).executeTakeFirst();
    if (!own?.caller) return undefined;
    const rows = await db
      .selectFrom('dials')
      .select('rejected')
      .where('caller', '=', own.caller)
      .orderBy('at_ms', 'desc')
      .limit(limit)
      .execute();
    return { caller: own.caller, rejected: rows.map(({ rejected }) => rejected !== null) };
  },

  async rejectedCalls() {
    const rows = await db.selectFrom('rejected_calls').select(['caller', 'sip', 'count']).execute();
    return rows.map((row) => ({ ...row, sip: row.sip as RejectingSip }));
  },

  async takeCallerAlarm(caller, now, pause) {
    const taken = await db
      .insertInto('caller_alarms')
      .values({ caller, at_ms: now })
      .onConflict((conflict) =>
        conflict
          .column('caller')
          .doUpdateSet({ at_ms: now })
          .where('caller_alarms.at_ms', '<=', now - pause),
      )
      .returning('caller')
      .executeTakeFirst();
    return taken !== undefined;
  },
});

/**
 * Called for all evidence, in the transaction that stores it: a rejected call is marked, and counted for the number that it came from.
 * Repeats and other evidence of the same call change nothing.
 */
export async function countRejection(trx: Database, evidence: Evidence): Promise<void> {
  const sip = rejectionIn(evidence);
  if (sip === undefined) return;
  const marked = await trx
    .updateTable('dials')
    .set({ rejected: sip })
    .where('call_id', '=', evidence.call_id)
    .where('rejected', 'is', null)
    .returning('caller')
    .executeTakeFirst();
  if (!marked?.caller) return;
  await trx
    .insertInto('rejected_calls')
    .values({ caller: marked.caller, sip, count: 1 })
    .onConflict((conflict) =>
      conflict.columns(['caller', 'sip']).doUpdateSet((eb) => ({ count: eb('rejected_calls.count', '+', 1) })),
    )
    .execute();
}

/** The SIP answer of each rejected dial, and the counts of each caller number. Nothing of it is personal. */
export async function createCallers({ schema }: Kysely<unknown>): Promise<void> {
  await schema.alterTable('dials').addColumn('rejected', 'integer').execute();
  await schema.createIndex('dials_by_caller').on('dials').columns(['caller', 'at_ms']).execute();
  await schema
    .createTable('rejected_calls')
    .addColumn('caller', 'text', (column) => column.notNull())
    .addColumn('sip', 'integer', (column) => column.notNull())
    .addColumn('count', 'integer', (column) => column.notNull())
    .addPrimaryKeyConstraint('rejected_calls_once', ['caller', 'sip'])
    .execute();
  await schema
    .createTable('caller_alarms')
    .addColumn('caller', 'text', (column) => column.primaryKey())
    .addColumn('at_ms', 'bigint', (column) => column.notNull())
    .execute();
}
