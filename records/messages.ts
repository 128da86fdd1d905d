import type { ClientMessage, MessageRecord, MessageType } from '../domain/message.ts';
import type { BookingRecords } from './ports/bookings.ts';
import type { Database } from './tables.ts';
import { ofKnownBooking } from './unknown-booking.ts';

type Messages = Pick<BookingRecords, 'putMessage' | 'message' | 'messages' | 'addDelivery'>;

/** Of one booking, the newest. */
const DELIVERIES_SHOWN = 200;

/** Messages to clients, and their answers. */
export const messages = (db: Database): Messages => ({
  /**
   * The first message of an id stays.
   * @throws UnknownBooking
   */
  async putMessage(message) {
    await ofKnownBooking(
      message.booking_id,
      db
        .insertInto('messages')
        .values(messageRow(message))
        .onConflict((conflict) => conflict.column('message_id').doNothing())
        .execute(),
    );
  },

  async message(id) {
    const row = await db.selectFrom('messages').select('message_json').where('message_id', '=', id).executeTakeFirst();
    return row && (JSON.parse(row.message_json) as ClientMessage);
  },

  /** In the order in which they were created. */
  async messages(bookingId) {
    const [told, sent] = await Promise.all([
      db
        .selectFrom('messages')
        .select(['message_id', 'type', 'at', 'state'])
        .where('booking_id', '=', bookingId)
        .orderBy('at')
        .orderBy('message_id')
        .execute(),
      db
        .selectFrom('deliveries')
        .innerJoin('messages', 'messages.message_id', 'deliveries.message_id')
        .select(['deliveries.message_id', 'deliveries.at', 'deliveries.status', 'deliveries.error'])
        .where('messages.booking_id', '=', bookingId)
        .orderBy('deliveries.position', 'desc')
        .limit(DELIVERIES_SHOWN)
        .execute(),
    ]);
    return told.map(({ message_id, type, at, state }) => ({
      id: message_id,
      type: type as MessageType,
      timestamp: at,
      state: state as MessageRecord['state'],
      deliveries: sent
        .filter((each) => each.message_id === message_id)
        .toReversed()
        .map(({ at, status, error }) => ({ at, status, error })),
    }));
  },

  /** A delivered message stays delivered. */
  async addDelivery({ message_id, at, status, error, state }) {
    await db.transaction().execute(async (trx) => {
      await trx.insertInto('deliveries').values({ message_id, at, status, error }).execute();
      await trx
        .updateTable('messages')
        .set({ state })
        .where('message_id', '=', message_id)
        .where('state', '!=', 'delivered')
        .execute();
    });
  },
});

export const messageRow = (message: ClientMessage) => ({
  message_id: message.id,
  booking_id: message.booking_id,
  type: message.type,
  at: message.timestamp,
  state: 'pending',
  message_json: JSON.stringify(message),
});
