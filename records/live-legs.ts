import { BOOKING_STATUSES, FINAL_STATUSES } from '../domain/result.ts';
import type { AttemptStatus } from '../domain/view.ts';
import { accountsIn } from './booking-rows.ts';
import type { CallRecords } from './ports/calls.ts';
import type { Database } from './tables.ts';

const OPEN = BOOKING_STATUSES.filter((status) => !FINAL_STATUSES.includes(status));
const MAY_BE_LIVE: readonly AttemptStatus[] = ['dialing', 'unknown', 'ringing', 'in_progress'];

/** A call to our number that began earlier has ended: no cap is longer than this. */
const LONGEST_MS = 7_200_000;

/** Legs without a stored end, with Twilio's ids. */
export const liveLegs = (db: Database, clock: () => number): Pick<CallRecords, 'liveLegs'> => ({
  async liveLegs() {
    const inbound = await inboundLegs(db, clock() - LONGEST_MS);
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
      const leg = {
        call_id,
        booking_id,
        follow_up: false,
        accounts: accountsIn({ accounts_json }),
        sandbox: sandbox === 1,
      };
      return [call_sid, linked].flatMap((sid) => (sid === null ? [] : [{ ...leg, call_sid: sid }]));
    });
    return [...new Map([...inbound, ...legs].map((leg) => [leg.call_sid, leg])).values()];
  },
});

/** Calls of businesses to us, also those after the outcome, and those that their booking's run has not written yet. */
async function inboundLegs(db: Database, since: number) {
  const rows = await db
    .selectFrom('inbound_calls')
    .innerJoin('bookings', 'bookings.id', 'inbound_calls.booking_id')
    .select(['inbound_calls.call_id', 'inbound_calls.booking_id', 'inbound_calls.call_sid', 'inbound_calls.follow_up'])
    .select(['bookings.accounts_json', 'bookings.sandbox'])
    .where('inbound_calls.at_ms', '>=', since)
    .where('inbound_calls.over', '=', 0)
    .execute();
  return rows.flatMap(({ call_id, booking_id, call_sid, follow_up, accounts_json, sandbox }) =>
    call_id === null || booking_id === null
      ? []
      : [
          {
            call_id,
            booking_id,
            call_sid,
            follow_up: follow_up === 1,
            accounts: accountsIn({ accounts_json }),
            sandbox: sandbox === 1,
          },
        ],
  );
}
