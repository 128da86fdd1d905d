import { z } from 'zod';
import type { MessageType } from '../message.ts';
import { batchViewSchema } from './batch-view.ts';
import { attemptSchema, bookingViewSchema } from './booking-view.ts';
import { followUpSchema } from './follow-up.ts';
import { instant } from './instant.ts';
import { shortlistViewSchema } from './shortlist.ts';

const booking = bookingViewSchema.describe('The booking as `GET /v1/bookings/{id}` showed it then');

const message = <T extends MessageType, D extends z.ZodType>(type: T, id: string, data: D, about: string) =>
  z
    .object({
      type: z.literal(type).describe('The kind of message'),
      timestamp: instant.describe('Time of the fact'),
      data,
    })
    .meta({ id, description: about });

/** The bodies of all messages to a client's `callback_url`. `messageBody` writes them. */
export const MESSAGE_SCHEMAS = {
  'booking.final': message('booking.final', 'BookingFinalMessage', booking, 'A booking has its outcome.'),
  'booking.attempt_failed': message(
    'booking.attempt_failed',
    'BookingAttemptFailedMessage',
    bookingViewSchema
      .extend({ attempt: attemptSchema.describe('The attempt that reached nobody') })
      .meta({ id: 'BookingWithAttempt', description: 'The booking then, and the attempt' }),
    'A phone rang in vain, and the booking goes on. A refused dial rang nowhere and sends nothing.',
  ),
  'booking.reviewed': message(
    'booking.reviewed',
    'BookingReviewedMessage',
    booking,
    'A person reviewed a booking that needed it: `data.review` has the decision.',
  ),
  'booking.followed_up': message(
    'booking.followed_up',
    'BookingFollowedUpMessage',
    bookingViewSchema
      .extend({ follow_up: followUpSchema.describe('The call of the business') })
      .meta({ id: 'BookingWithFollowUp', description: 'The booking then, and the call of the business' }),
    'The business called our number after the outcome, which stays as it is.',
  ),
  'shortlist.completed': message(
    'shortlist.completed',
    'ShortlistCompletedMessage',
    shortlistViewSchema.describe('The shortlist as `GET /v1/shortlists/{id}` showed it then'),
    'A shortlist has its outcome.',
  ),
  'batch.completed': message(
    'batch.completed',
    'BatchCompletedMessage',
    batchViewSchema.describe('The batch as `GET /v1/batches/{id}` showed it then'),
    'Every row of a batch is final. Sent again when rows that were added are final, too.',
  ),
  'batch.canceled': message(
    'batch.canceled',
    'BatchCanceledMessage',
    batchViewSchema.describe('The batch as `GET /v1/batches/{id}` showed it then'),
    'A batch was canceled, and every row of it is final.',
  ),
} satisfies Record<MessageType, z.ZodType>;
