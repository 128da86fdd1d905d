import { BOOKING_STATUSES, FINAL_STATUSES } from '../domain/result.ts';
import type { AttemptStatus } from '../domain/view.ts';
import { accountsIn } from './booking-rows.ts';
import type { CallRecords } from './ports/calls.ts';
import type { Database } from './tables.ts';

const OPEN = BOOKING_STATUSES.filter((status) => !FINAL_STATUSES.includes(status));
const MAY_BE_LIVE: readonly AttemptStatus[] = ['dialing', 'unknown', 'ringing', 'in_progress'];

/** Legs without a stored end, with Twilio's ids. */
export const liveLegs = (db: Database): Pick<CallRecords, 'liveLegs'> => ({
  async liveLegs() {
    const rows = await db
      .selectFrom('bookings')
      .innerJoin('attempts', 'attempts.booking_id', 'bookings.id')
      // A dial writes its ids to `links` at once; the attempt has them a moment later.
      .leftJoin('links', (join) =>
        join
          .onRef('links.booking_id', '=', 'attempts.booking_id')
          .onRef('links.call_id', '=', 'attempts.call_id')
          .on('links.kind', '=', 'call_sid'),
      )
      .select(['attempts.call_id', 'attempts.booking_id', 'attempts.call_sid', 'links.provider_id as linked'])
      .select(['bookings.accounts_json', 'bookings.sandbox'])
      .where('bookings.status', 'in', OPEN)
      .where('attempts.status', 'in', MAY_BE_LIVE)
      .execute();
    const legs = rows.flatMap(({ call_id, booking_id, call_sid, linked, accounts_json, sandbox }) => {
      const leg = { call_id, booking_id, accounts: accountsIn({ accounts_json }), sandbox: sandbox === 1 };
      return [call_sid, linked].flatMap((sid) => (sid === null ? [] : [{ ...leg, call_sid: sid }]));
    });
    return [...new Map(legs.map((leg) => [leg.call_sid, leg])).values()];
  },
});
