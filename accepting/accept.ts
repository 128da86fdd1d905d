import type { BookingGateway } from '../delivery/gateway.ts';
import type { BookingOrder } from '../domain/order.ts';
import type { BookingRequest } from '../domain/schemas/booking-request.ts';
import type { BookingView } from '../domain/view.ts';
import { contentHash } from '../records/content-hash.ts';
import type { AcceptResult, BookingRecords } from '../records/ports/bookings.ts';
import { newBookingId } from './keyed-hashes.ts';
import { newOrder, type Refusal } from './new-order.ts';
import { type AcceptingSettings, settingsFor } from './settings.ts';

export interface AcceptingDependencies {
  records: Pick<BookingRecords, 'acceptBooking' | 'markStarted'>;
  gateway: Pick<BookingGateway, 'start'>;
  settings: AcceptingSettings;
  /** Hears what the records made of a request, before its workflow is started. */
  counted: (how: AcceptResult['how']) => void;
  /** Milliseconds since 1970. */
  now: () => number;
}

export interface AcceptRequest {
  /** As `bookingRequestSchema` has read it. */
  request: BookingRequest;
  /** Keyed hash of the API key that asks. */
  owner: string;
  /** The same one and the same request find the same booking; undefined: a new booking each time. */
  key?: string | undefined;
}

export type Accepted =
  /** Its workflow runs, or has run. `view`: as it was stored last; `queued` for a new one. */
  | { how: 'created' | 'repeated'; order: BookingOrder; view: BookingView }
  | { how: 'refused'; fields: Refusal[] }
  /** The key belongs to a booking that was asked for with another body, or that was erased. */
  | { how: 'conflict' | 'erased'; booking_id: string }
  /** One more would be above a bound on open bookings. */
  | { how: 'too_many'; of: 'key' | 'number'; most: number };

/**
 * The one way in which a booking comes to be: its row first, then its workflow, so that a start whose answer is lost is found again by
 * the same key.
 * @throws Unavailable where Temporal does not answer; the row is kept, and the same request starts it later.
 */
export function acceptor({ records, gateway, settings, counted, now }: AcceptingDependencies) {
  return async ({ request, owner, key }: AcceptRequest): Promise<Accepted> => {
    const id = key === undefined ? newBookingId() : settings.bookingIdOf(owner, key);
    const asked = newOrder(request, settings, id, now());
    if ('refused' in asked) return { how: 'refused', fields: asked.refused };
    const accepted = await records.acceptBooking({
      order: asked.order,
      owner,
      accounts: settings.accounts,
      bounds: settings.openBounds,
      calling_window: settings.booking.calling_window,
      phone_hash: settings.phoneHash(request.business.phone),
      simulated: settings.accounts.mode === 'sandbox',
      idempotency: key === undefined ? undefined : { key, body_hash: contentHash(request) },
    });
    counted(accepted.how);
    if (!('order' in accepted)) return accepted;
    const { how, order, view, started } = accepted;
    if (!started) {
      const accounts = accepted.accounts ?? settings.accounts;
      await gateway.start({ order, settings: settingsFor(order, accounts, settings) });
      await records.markStarted(order.id);
    }
    return { how, order, view };
  };
}
