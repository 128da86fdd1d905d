import type { AttemptView, BookingView } from './view.ts';

/** What a client is told at its `callback_url`. */
export type MessageType = 'booking.final' | 'booking.attempt_failed' | 'booking.reviewed';

/** One message; the same id, time and body however often it is sent. */
export interface ClientMessage {
  id: string;
  booking_id: string;
  type: MessageType;
  /** When it happened; ISO 8601, UTC. */
  timestamp: string;
  /** The booking as `GET` showed it then; with the attempt that reached nobody, where one is told of. */
  data: BookingView & { attempt?: AttemptView };
}

export const finalMessageId = (bookingId: string): string => `msg_${bookingId}_final`;
/** What the client is told of a booking that has its outcome. */
export const finalMessageOf = (view: BookingView): ClientMessage => ({
  id: finalMessageId(view.id),
  booking_id: view.id,
  type: 'booking.final',
  timestamp: view.updated_at,
  data: view,
});
export const reviewedMessageId = (bookingId: string, number: number): string => `msg_${bookingId}_reviewed_${number}`;
export const failedMessageId = (callId: string): string => `msg_${callId}_failed`;

/** What is posted. */
export const messageBody = ({ type, timestamp, data }: ClientMessage): string =>
  JSON.stringify({ type, timestamp, data });

/** What became of a message so far. */
export interface MessageRecord {
  id: string;
  type: MessageType;
  timestamp: string;
  state: 'pending' | 'delivered' | 'given_up';
  /** Each time it was sent: the answer's HTTP status, or why there was none. */
  deliveries: { at: string; status: number | null; error: string | null }[];
}
