import type { BookingGateway } from '../delivery/gateway.ts';
import type { BookingOrder } from '../domain/order.ts';
import { type BookingParent, childKeyOf, parentFields } from '../domain/parent.ts';
import type { BookingRequest } from '../domain/schemas/booking-request.ts';
import type { BookingView } from '../domain/view.ts';
import { contentHash } from '../records/content-hash.ts';
import type { AcceptResult, BookingRecords } from '../records/ports/bookings.ts';
import { recordSpan } from '../tracing/span.ts';
import { clientSpan } from '../tracing/traceparent.ts';
import type { Refusal } from './dial-times.ts';
import { newBookingId } from './keyed-hashes.ts';
import { newOrder } from './new-order.ts';
import { type AcceptingSettings, settingsFor, windowFor } from './settings.ts';

export interface AcceptingDependencies {
  records: Pick<BookingRecords, 'acceptBooking' | 'booking' | 'markStarted'>;
  gateway: Pick<BookingGateway, 'start'>;
  settings: AcceptingSettings;
  /** Called with the result of the database, before the workflow is started. */
  counted: (how: AcceptResult['how']) => void;
  /** Milliseconds since 1970. */
  now: () => number;
}

export interface AcceptRequest {
  /** As `bookingRequestSchema` parsed it. */
  request: BookingRequest;
  /** Keyed hash of the API key of the request. */
  owner: string;
  /** The Idempotency-Key: the same key with the same request finds the same booking. Undefined: a new booking each time. */
  key?: string | undefined;
  /**
   * The shortlist or batch that places the booking, in place of a key: one candidate and turn, or one row, finds the same booking. Never
   * from a client. Such a booking counts as open, but no bound on open bookings refuses it: its parent would wait for ever, and places a
   * bounded number itself.
   */
  parent?: BookingParent | undefined;
  /** The client's W3C `traceparent` header. */
  traceparent?: string | undefined;
}

export type Accepted =
  /** The workflow runs or has run. `view`: the last stored one; `queued` for a new booking. */
  | { how: 'created' | 'repeated'; order: BookingOrder; view: BookingView }
  | { how: 'refused'; fields: Refusal[] }
  /** The key belongs to a booking with another body, or to an erased one. */
  | { how: 'conflict' | 'erased'; booking_id: string }
  /** The row of a batch that it is for has ended meanwhile, or its cancellation was asked for. */
  | { how: 'not_wanted' }
  /** One more open booking would exceed a bound. */
  | { how: 'too_many'; of: 'key' | 'number'; most: number };

/**
 * Creates bookings; nothing else does. It writes the row first and starts the workflow second: if the answer to the start is lost, the same
 * key finds the booking again.
 * @throws Unavailable when Temporal does not answer. The row is kept, and the same request starts the workflow later.
 * @example
 * ```ts
 * const accept = acceptor({ records, gateway, settings, counted: () => {}, now: Date.now });
 * const accepted = await accept({ request, owner: settings.ownerHash(apiKey), key: 'order-4711' });
 * if (accepted.how === 'created') reply.code(202).send(accepted.view);
 * ```
 */
export function acceptor({ records, gateway, settings, counted, now }: AcceptingDependencies) {
  /** A repeated request finds its booking, even if it would be refused by now: days are past, or its country is not called any more. */
  const orderFor = async (
    request: BookingRequest,
    id: string,
    keyed: boolean,
  ): Promise<ReturnType<typeof newOrder>> => {
    const asked = newOrder(request, settings, id, now());
    const known = 'refused' in asked && keyed ? await records.booking(id) : undefined;
    return known ? { order: known.order } : asked;
  };
  return async ({ request, owner, parent, traceparent, ...given }: AcceptRequest): Promise<Accepted> => {
    const key = parent ? childKeyOf(parent) : given.key;
    const id = key === undefined ? newBookingId() : settings.bookingIdOf(owner, key);
    const asked = await orderFor(request, id, key !== undefined);
    if ('refused' in asked) return { how: 'refused', fields: asked.refused };
    const accepted = await records.acceptBooking({
      order: parent ? { ...asked.order, ...parentFields(parent) } : asked.order,
      owner,
      accounts: settings.accounts,
      bounds: parent ? undefined : settings.openBounds,
      calling_window: windowFor(asked.order, settings, now()),
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
      recordSpan({
        bookingId: order.id,
        name: 'accepted',
        from: Date.parse(order.created_at),
        to: now(),
        attributes: { 'vocero.language': order.language ?? '', 'vocero.parent': parentKindOf(order) },
        link: clientSpan(traceparent),
      });
    }
    return { how, order, view };
  };
}

const parentKindOf = ({ batch, shortlist }: BookingOrder): string =>
  batch ? 'batch' : shortlist ? 'shortlist' : 'none';

/** The request of a parent. */
export type ChildRequest = Omit<AcceptRequest, 'key' | 'parent'> & { parent: BookingParent };
export type ChildAccepted = Exclude<Accepted, { how: 'too_many' }>;

/** Creates the bookings of parents. No bound on open bookings refuses these. */
export function childAcceptor(deps: AcceptingDependencies): (request: ChildRequest) => Promise<ChildAccepted> {
  const accept = acceptor(deps);
  return async (request) => {
    const accepted = await accept(request);
    if (accepted.how === 'too_many') throw new Error('a bound on open bookings was applied to the booking of a parent');
    return accepted;
  };
}
