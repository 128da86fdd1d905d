import { actOf } from '../domain/line-acts.ts';
import { attemptOf } from './attempt-id.ts';
import { isOfAttempt } from './of-attempt.ts';
import type { EventRecords, StoredTurn } from './ports/events.ts';
import { eventRow, takeEventNumbers } from './snapshots.ts';
import type { Database } from './tables.ts';
import { UnknownBooking } from './unknown-booking.ts';

type Transcripts = Pick<EventRecords, 'addTurn' | 'putTranscript' | 'transcript' | 'turnsOf'>;

export const transcripts = (db: Database): Transcripts => ({
  /**
   * Ignores a repeated turn, and a turn after the provider's transcript. Appends another turn under a used index at the end (two processes
   * hosted the call, one after the other).
   * @throws UnknownBooking
   */
  async addTurn(callId, { index, at, role, message, at_seconds, ...act }) {
    const { booking_id, number } = attemptOf(callId);
    const turn = { role, message, at_seconds, ...actOf(act) };
    await db.transaction().execute(async (trx) => {
      // This also locks the booking: nobody else adds a turn until it is committed.
      const booking = await takeEventNumbers(trx, booking_id, 1);
      if (!booking) throw new UnknownBooking(booking_id);
      if (await hasProviderTurns(trx, callId)) return;
      const place = await placeOf(trx, callId, index, turn);
      if (place === undefined) return;
      await trx
        .insertInto('turns')
        .values(turnRow(callId, booking_id, number, place, 'live', turn))
        .execute();
      const event = { type: 'turn', at, call_id: callId, ...turn } as const;
      await trx
        .insertInto('events')
        .values(eventRow(booking_id, booking.last_seq, `turn:${callId}:${place}`, event))
        .execute();
    });
  },

  /**
   * The first transcript stays. An empty one replaces nothing, because live turns contain more.
   * @throws UnknownBooking
   */
  async putTranscript(callId, turns, of) {
    const { booking_id, number } = attemptOf(callId);
    if (turns.length === 0) return;
    await db.transaction().execute(async (trx) => {
      // Needs only the lock, no numbers: a live turn may be arriving.
      if (!(await takeEventNumbers(trx, booking_id, 0))) throw new UnknownBooking(booking_id);
      if (await hasProviderTurns(trx, callId)) return;
      if (of === 'conversation' && (await hasTurns(trx, callId))) return;
      // Another conversation of the same call may follow, with live turns.
      const source = of === 'conversation' ? 'conversation' : 'provider';
      await trx.deleteFrom('turns').where('call_id', '=', callId).execute();
      const rows = turns.map((turn, i) => turnRow(callId, booking_id, number, i, source, turn));
      // The rows of a long talk hold more values than one statement may carry.
      for (let from = 0; from < rows.length; from += 1000) {
        await trx
          .insertInto('turns')
          .values(rows.slice(from, from + 1000))
          .execute();
      }
    });
  },

  async transcript(bookingId) {
    const rows = await db
      .selectFrom('turns')
      .select(['call_id', 'turn_json'])
      .where('booking_id', '=', bookingId)
      .where('number', '=', (eb) =>
        eb
          .selectFrom('turns')
          .select((last) => last.fn.max('number').as('number'))
          .where('booking_id', '=', bookingId)
          .where(isOfAttempt('turns')),
      )
      .orderBy('turn_index')
      .execute();
    return rows[0] && { call_id: rows[0].call_id, turns: rows.map(turnOf) };
  },

  async turnsOf(callId) {
    const rows = await db
      .selectFrom('turns')
      .select('turn_json')
      .where('call_id', '=', callId)
      .orderBy('turn_index')
      .execute();
    return rows.map(turnOf);
  },
});

async function hasTurns(trx: Database, callId: string): Promise<boolean> {
  const row = await turnsBy(trx, callId).limit(1).executeTakeFirst();
  return row !== undefined;
}

async function hasProviderTurns(trx: Database, callId: string): Promise<boolean> {
  const row = await turnsBy(trx, callId).where('source', '=', 'provider').limit(1).executeTakeFirst();
  return row !== undefined;
}

const turnsBy = (trx: Database, callId: string) =>
  trx.selectFrom('turns').select('turn_index').where('call_id', '=', callId);

const turnRow = (
  callId: string,
  bookingId: string,
  number: number,
  index: number,
  source: 'live' | 'conversation' | 'provider',
  { role, message, at_seconds, ...act }: StoredTurn,
) => ({
  call_id: callId,
  turn_index: index,
  booking_id: bookingId,
  number,
  source,
  turn_json: JSON.stringify({ role, message, at_seconds, ...actOf(act) }),
});

const turnOf = (row: { turn_json: string }): StoredTurn => JSON.parse(row.turn_json) as StoredTurn;

/** Index for a turn; undefined when it is stored already. */
async function placeOf(trx: Database, callId: string, index: number, turn: StoredTurn): Promise<number | undefined> {
  const taken = await trx
    .selectFrom('turns')
    .select(['turn_index', 'turn_json'])
    .where('call_id', '=', callId)
    .where('turn_index', '>=', index)
    .execute();
  if (!taken.some((row) => row.turn_index === index)) return index;
  if (taken.some((row) => row.turn_json === JSON.stringify(turn))) return undefined;
  return Math.max(...taken.map((row) => row.turn_index)) + 1;
}
