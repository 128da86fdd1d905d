import type { Bookings } from './bookings.ts';
import type * as api from './generated/types.gen.ts';
import type { Pages } from './pages.ts';
import { type CallOptions, part, type Transport } from './transport.ts';

/** Decisions of persons where the evidence decides nothing. For operators' keys. */
export class Reviews {
  readonly #transport: Transport;
  readonly #bookings: Bookings;

  constructor(transport: Transport, bookings: Bookings) {
    this.#transport = transport;
    this.#bookings = bookings;
  }

  /** The bookings that wait for a review. */
  waiting(options: CallOptions = {}): Pages<api.ListBookingsResponses[200]['data'][number]> {
    return this.#bookings.list({ ...options, status: 'needs_review', reviewed: 'false' });
  }

  /** The number of bookings that wait for one. */
  due({ signal }: CallOptions = {}): Promise<api.GetReviewsDueResponse> {
    return this.#transport.json('GET', '/v1/reviews-due', { signal });
  }

  /** Decides. A later review corrects an earlier one. */
  settle(
    bookingId: string,
    body: api.ReviewBookingData['body'],
    { signal }: CallOptions = {},
  ): Promise<api.ReviewBookingResponse> {
    return this.#transport.json('POST', `/v1/bookings/${part(bookingId)}/review`, { body, signal });
  }

  /** Every review of a booking; the last one counts. */
  async of(bookingId: string, { signal }: CallOptions = {}): Promise<api.ListReviewsResponse['data']> {
    const path = `/v1/bookings/${part(bookingId)}/reviews`;
    return (await this.#transport.json<api.ListReviewsResponse>('GET', path, { signal })).data;
  }
}

/** Numbers that no booking dials. Any key may add one; the rest is for operators' keys. */
export class DoNotCall {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  async list({ signal }: CallOptions = {}): Promise<api.ListDoNotCallResponse['data']> {
    return (await this.#transport.json<api.ListDoNotCallResponse>('GET', '/v1/do-not-call', { signal })).data;
  }

  /** Adds a number; a repeat changes nothing. */
  add(body: api.ForbidNumberData['body'], { signal }: CallOptions = {}): Promise<api.ForbidNumberResponse> {
    return this.#transport.json('POST', '/v1/do-not-call', { body, signal, retry: 'any' });
  }

  /** Allows a number again. @param number its `phone_hash`, or the number in E.164 */
  allow(number: string, { signal }: CallOptions = {}): Promise<void> {
    return this.#transport.json('DELETE', `/v1/do-not-call/${part(number)}`, { signal });
  }
}

/** Secret addresses under which calendars read the confirmed appointments. */
export class CalendarFeeds {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /** The address is shown only now. */
  create(
    body: api.CreateCalendarFeedData['body'] = {},
    { signal }: CallOptions = {},
  ): Promise<api.CreateCalendarFeedResponse> {
    return this.#transport.json('POST', '/v1/calendar-feeds', { body, signal });
  }

  async list({ signal }: CallOptions = {}): Promise<api.ListCalendarFeedsResponse['data']> {
    return (await this.#transport.json<api.ListCalendarFeedsResponse>('GET', '/v1/calendar-feeds', { signal })).data;
  }

  revoke(id: string, { signal }: CallOptions = {}): Promise<void> {
    return this.#transport.json('DELETE', `/v1/calendar-feeds/${part(id)}`, { signal });
  }
}
