import type { PhoneChannel } from '../domain/channels.ts';
import type { DialOnRecord, Evidence } from '../domain/evidence.ts';
import { isInboundCall, parseCallId } from '../domain/ids.ts';
import { iso } from '../domain/iso.ts';
import { isFinalStatus } from '../domain/result.ts';
import { heldIn } from './dialing-gate.ts';
import { durably } from './durably.ts';
import type { Engine } from './engine.ts';
import type { CallRecords } from './ports/calls.ts';
import { forbiddenAmong } from './prohibitions.ts';
import type { Database } from './tables.ts';

type Dials = Pick<CallRecords, 'claimDial' | 'unclaimDial' | 'dialsOf'>;

/** One row for each dial. The primary key prevents a call from leaving twice, whatever Temporal has lost. */
export const dials = (db: Database, engine: Engine): Dials => ({
  async claimDial({ call_id, run_id, channel, caller, at, known, phone_hashes, line_id }) {
    const booking_id = parseCallId(call_id)?.bookingId;
    if (booking_id === undefined) return { how: 'not_on_record' };
    return durably(db, engine, async (trx) => {
      // Locks the row, so that two runs of one booking are serialised.
      const booking = await trx
        .updateTable('bookings')
        .set((eb) => ({ last_seq: eb('last_seq', '+', 0) }))
        .where('id', '=', booking_id)
        .returning(['status', 'erasing'])
        .executeTakeFirst();
      if (!booking || booking.erasing === 1 || isFinalStatus(booking.status)) return { how: 'not_on_record' };
      // A separate statement: PostgreSQL would evaluate subqueries of the update on a snapshot from before it waited for the row.
      const { forbidden, hold, dialed, inbound } = await trx
        .selectNoFrom((eb) => [
          forbiddenAmong(trx, phone_hashes, Date.parse(at)).as('forbidden'),
          heldIn(trx).as('hold'),
          eb.selectFrom('inbound_calls').select('call_sid').where('booking_id', '=', booking_id).limit(1).as('inbound'),
          eb.selectFrom('dials').select('call_id').where('booking_id', '=', booking_id).limit(1).as('dialed'),
        ])
        .executeTakeFirstOrThrow();
      if (forbidden) return { how: 'forbidden' };
      if (hold !== null) return { how: 'held' };
      const others = dialed ? await dialsIn(trx, booking_id) : [];
      const isUnknown = (dial: DialOnRecord): boolean =>
        dial.call_id === call_id || !known.includes(parseCallId(dial.call_id)!.n);
      if (others.some(isUnknown)) return { how: 'dialed', dials: others.filter(isUnknown) };
      const unheard = inbound ? await unheardIn(trx, booking_id, known) : [];
      if (unheard.length > 0) return { how: 'rung_back', inbound: unheard };
      if (line_id !== undefined && !(await lockLine(trx, line_id, booking_id))) return { how: 'line_lost' };
      await trx
        .insertInto('dials')
        .values({ call_id, booking_id, run_id, channel, caller, at_ms: Date.parse(at) })
        .execute();
      return { how: 'claimed' };
    });
  },

  async unclaimDial(callId, runId) {
    await db.deleteFrom('dials').where('call_id', '=', callId).where('run_id', '=', runId).execute();
  },

  dialsOf: (bookingId) => dialsIn(db, bookingId),
});

/** Recorded evidence of calls of the business that were given to the booking and that its workflow does not know, in the order of arrival. */
async function unheardIn(trx: Database, bookingId: string, known: readonly number[]): Promise<Evidence[]> {
  const rows = await trx
    .selectFrom('evidence')
    .select('evidence_json')
    .where('booking_id', '=', bookingId)
    .orderBy('position')
    .execute();
  return rows
    .map(({ evidence_json }) => JSON.parse(evidence_json) as Evidence)
    .filter(({ call_id }) => isInboundCall(call_id) && !known.includes(parseCallId(call_id)!.n));
}

/** False when the line is another booking's. Locks the line until the transaction ends: a call of the business takes it before or after. */
async function lockLine(trx: Database, lineId: string, bookingId: string): Promise<boolean> {
  const held = await trx
    .updateTable('lines')
    .set((eb) => ({ until_ms: eb.ref('until_ms') }))
    .where('line_id', '=', lineId)
    .where('booking_id', '=', bookingId)
    .returning('line_id')
    .executeTakeFirst();
  return held !== undefined;
}

/** The dials with their stored provider ids. */
async function dialsIn(db: Database, bookingId: string): Promise<DialOnRecord[]> {
  const rows = await db
    .selectFrom('dials')
    .select(['call_id', 'channel', 'caller', 'at_ms'])
    .where('booking_id', '=', bookingId)
    .orderBy('at_ms')
    .execute();
  if (rows.length === 0) return [];
  const links = await db
    .selectFrom('links')
    .select(['kind', 'provider_id', 'call_id'])
    .where('booking_id', '=', bookingId)
    .execute();
  const idOf = (callId: string, kind: 'call_sid' | 'conversation_id'): string | undefined =>
    links.find((link) => link.call_id === callId && link.kind === kind)?.provider_id;
  return rows.map(({ call_id, channel, caller, at_ms }) => ({
    call_id,
    channel: channel as PhoneChannel,
    caller: caller ?? undefined,
    at: iso(Number(at_ms)),
    call_sid: idOf(call_id, 'call_sid'),
    conversation_id: idOf(call_id, 'conversation_id'),
  }));
}
