import { Batches } from './batches.ts';
import { Bookings } from './bookings.ts';
import type * as api from './generated/types.gen.ts';
import { CalendarFeeds, DoNotCall, Reviews } from './operators.ts';
import { Shortlists } from './shortlists.ts';
import { type CallOptions, type Sending, Transport, type VoceroOptions } from './transport.ts';

/**
 * A client of a Vocero installation.
 * @example
 * const vocero = new Vocero({ url: 'https://vocero.example', key: process.env.VOCERO_KEY });
 */
export class Vocero {
  readonly bookings: Bookings;
  readonly batches: Batches;
  readonly shortlists: Shortlists;
  readonly reviews: Reviews;
  readonly doNotCall: DoNotCall;
  readonly calendarFeeds: CalendarFeeds;
  readonly #transport: Transport;

  constructor(options: VoceroOptions = {}) {
    const transport = new Transport(options);
    this.#transport = transport;
    this.bookings = new Bookings(transport);
    this.batches = new Batches(transport);
    this.shortlists = new Shortlists(transport);
    this.reviews = new Reviews(transport, this.bookings);
    this.doNotCall = new DoNotCall(transport);
    this.calendarFeeds = new CalendarFeeds(transport);
  }

  /** The rights of the key. */
  key({ signal }: CallOptions = {}): Promise<api.GetKeyResponse> {
    return this.#transport.json('GET', '/v1/key', { signal });
  }

  /** The number that somebody means, as people write it, and its open bookings; nothing is dialed. */
  readNumber(typed: string, { signal }: CallOptions = {}): Promise<api.ReadNumberResponse> {
    return this.#transport.json('GET', '/v1/numbers', { query: { typed }, signal });
  }

  /** Sums over the bookings that ended in a period. */
  figures({ signal, ...query }: CallOptions & api.GetFiguresData['query']): Promise<api.GetFiguresResponse> {
    return this.#transport.json('GET', '/v1/figures', { query, signal });
  }

  /** The acts of operators, newest first. For operators' keys. */
  async acts({
    signal,
    ...query
  }: CallOptions & api.ListActsData['query'] = {}): Promise<api.ListActsResponse['data']> {
    return (await this.#transport.json<api.ListActsResponse>('GET', '/v1/acts', { query, signal })).data;
  }

  /** Any other request: its JSON answer, with the same tries and errors. */
  request<T = unknown>(method: string, path: string, sending: Sending = {}): Promise<T> {
    return this.#transport.json<T>(method, path, sending);
  }
}

export type { Batch, BatchBody, BatchEvent, Batches, BatchTable, RowsBody } from './batches.ts';
export type { BookingEvent, BookingOptions, Bookings, FinalBooking, OfCall, ShownBooking } from './bookings.ts';
export {
  type FieldError,
  VoceroError,
  VoceroProblem,
  VoceroTimeout,
  VoceroUnreachable,
  VoceroUnreadable,
} from './errors.ts';
export type { AnyEvent, Connection, EventOptions, Streamed } from './events.ts';
export type * as api from './generated/types.gen.ts';
export type { CalendarFeeds, DoNotCall, Reviews } from './operators.ts';
export type { Page, Pages } from './pages.ts';
export type { Query } from './sendable.ts';
export type { Shortlist, ShortlistEvent, Shortlists } from './shortlists.ts';
export type { CallOptions, CreateOptions, Sending, VoceroOptions } from './transport.ts';
export type { WaitOptions } from './wait.ts';
export {
  type HeaderFields,
  type VerifyOptions,
  VoceroSignatureError,
  verifyWebhook,
  type WebhookMessage,
} from './webhooks.ts';
