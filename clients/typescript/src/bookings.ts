import type { EventIn } from './events.ts';
import type * as api from './generated/types.gen.ts';
import type { Pages } from './pages.ts';
import { type CallOptions, type CreateOptions, keyed, part, type Transport } from './transport.ts';
import { Watched } from './watched.ts';

/** A booking as it is now. */
export type ShownBooking = api.GetBookingResponse;
/** A booking that has its outcome. */
export type FinalBooking = ShownBooking & { outcome: api.Outcome };
export type BookingEvent = EventIn<api.FollowBookingResponse>;
type Listed = api.ListBookingsResponses[200]['data'][number];

/** One call of the booking. */
export interface OfCall extends CallOptions {
  /** Default: the last call that has one. */
  callId?: string | undefined;
}

export interface BookingOptions extends CreateOptions {
  /** The token of `check`: only the body that was checked is booked. @throws VoceroProblem 409 for another one */
  check?: string | undefined;
  /** W3C trace context: the booking's trace is linked to it. */
  traceparent?: string | undefined;
}

/** Appointments that are asked for by phone. */
export class Bookings extends Watched<ShownBooking, BookingEvent, FinalBooking> {
  constructor(transport: Transport) {
    super(transport, '/v1/bookings');
  }

  protected isOver({ outcome }: ShownBooking): boolean {
    return outcome !== null;
  }

  /** Places a booking. Tried again until it is accepted or refused, always with the same key: nobody is called twice. */
  create(
    body: api.CreateBookingData['body'],
    { check, traceparent, ...options }: BookingOptions = {},
  ): Promise<api.CreateBookingResponse> {
    const { signal, headers } = keyed(options);
    const more = { ...(check && { 'booking-check': check }), ...(traceparent && { traceparent }) };
    return this.transport.json('POST', '/v1/bookings', { body, signal, headers: { ...headers, ...more } });
  }

  /** Checks a body, and says what would be done; nobody is called. */
  check(body: api.CheckBookingData['body'], { signal }: CallOptions = {}): Promise<api.CheckBookingResponse> {
    return this.transport.json('POST', '/v1/bookings/check', { body, signal, retry: 'any' });
  }

  get(id: string, { include, signal }: CallOptions & api.GetBookingData['query'] = {}): Promise<ShownBooking> {
    return this.transport.json('GET', this.path(id), { query: { include }, signal });
  }

  /** Newest first. */
  list(query: CallOptions & api.ListBookingsData['query'] = {}): Pages<Listed> {
    return this.pages(query);
  }

  /** A result that was accepted before counts. @throws VoceroProblem 409 when the booking is final */
  cancel(id: string, { signal }: CallOptions = {}): Promise<api.CancelBookingResponse> {
    return this.transport.json('POST', this.path(id, '/cancel'), { signal });
  }

  /** Erases a final booking, also at the providers. Repeat it to see the progress. */
  erase(id: string, { signal }: CallOptions = {}): Promise<api.EraseBookingResponse> {
    return this.transport.json('DELETE', this.path(id), { signal, retry: 'any' });
  }

  transcript(id: string, { callId, signal }: OfCall = {}): Promise<api.GetTranscriptResponse> {
    return this.transport.json('GET', this.path(id, '/transcript'), { query: { call_id: callId }, signal });
  }

  /** The sound; its `type` says which. @throws VoceroProblem 404 while there is none */
  recording(id: string, { callId, signal }: OfCall = {}): Promise<Blob> {
    const sending = { query: { call_id: callId }, signal };
    return this.transport.ask('GET', this.path(id, '/recording'), sending, (response) => response.blob());
  }

  /** The confirmed appointment as a calendar file. @throws VoceroProblem 409 when there is none */
  calendarFile(id: string, { signal }: CallOptions = {}): Promise<string> {
    return this.transport.ask('GET', this.path(id, '/calendar.ics'), { signal }, (response) => response.text());
  }

  /** The messages to the booking's `callback_url`, with its answers. */
  async messages(id: string, { signal }: CallOptions = {}): Promise<api.ListMessagesResponse['data']> {
    return (
      await this.transport.json<api.ListMessagesResponse>('GET', this.path(id, '/messages'), {
        signal,
      })
    ).data;
  }

  /** Sends a message again. */
  sendMessage(id: string, messageId: string, { signal }: CallOptions = {}): Promise<api.SendMessageResponse> {
    return this.transport.json('POST', this.path(id, `/messages/${part(messageId)}/send`), { signal });
  }
}
