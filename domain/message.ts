import type { FollowUp } from './follow-up.ts';
import type { AttemptView, BookingView } from './view.ts';

/** Types of messages to a client's `callback_url`. */
export const MESSAGE_TYPES = [
  'booking.final',
  'booking.attempt_failed',
  'booking.reviewed',
  'booking.followed_up',
  'shortlist.completed',
  'batch.completed',
  'batch.canceled',
] as const;
export type MessageType = (typeof MESSAGE_TYPES)[number];

/** One message. Id, time and body are the same each time it is sent. */
export interface ClientMessage {
  id: string;
  booking_id: string;
  type: Extract<MessageType, `booking.${string}`>;
  /** Time of the fact; ISO 8601, UTC. */
  timestamp: string;
  /** The booking as `GET` showed it then, with the attempt that reached nobody for `booking.attempt_failed`. For
   * `booking.followed_up` with the call of the business, which is also in its list. */
  data: BookingView & { attempt?: AttemptView; follow_up?: FollowUp };
}

export const finalMessageId = (bookingId: string): string => `msg_${bookingId}_final`;
/** The message about the outcome of a booking. */
export const finalMessageOf = (view: BookingView): ClientMessage => ({
  id: finalMessageId(view.id),
  booking_id: view.id,
  type: 'booking.final',
  timestamp: view.updated_at,
  data: view,
});
export const reviewedMessageId = (bookingId: string, number: number): string => `msg_${bookingId}_reviewed_${number}`;
export const followedUpMessageId = (callId: string): string => `msg_${callId}_followed_up`;
export const failedMessageId = (callId: string): string => `msg_${callId}_failed`;

/** State of a message. */
export interface MessageRecord {
  id: string;
  type: MessageType;
  timestamp: string;
  state: 'pending' | 'delivered' | 'given_up';
  /** Each delivery: the HTTP status of the answer, or the reason why there was no answer. */
  deliveries: { at: string; status: number | null; error: string | null }[];
}
