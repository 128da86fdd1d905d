import { z } from 'zod';
import { CHANNELS } from '../channels.ts';
import { CONTRADICTIONS } from '../contradiction.ts';
import { BOOKING_STATUSES, EVIDENCE_NAMES, type Outcome, RESULTS } from '../result.ts';
import { ATTEMPT_STATUSES, type AttemptView, type BookingView, type ContradictionView, WAITS } from '../view.ts';
import { budgetSchema, orderViewSchema } from './booking-order.ts';
import { followUpSchema } from './follow-up.ts';
import { instant } from './instant.ts';
import { offerSchema } from './offer.ts';
import { doubtSchema, proofSchema } from './proof.ts';
import { reviewSchema } from './review.ts';
import { usageSchema } from './usage.ts';
import { warningSchema } from './warning.ts';

const channel = z.enum(CHANNELS);

const problemOfAttempt = z.object({ code: z.string(), message: z.string() });

export const outcomeSchema = z
  .object({
    result: z.enum(RESULTS),
    channel: channel.nullable(),
    simulated: z.boolean().describe('True for everything that a simulation or the sandbox made'),
    confirmed_date: z.string().nullable().describe('YYYY-MM-DD'),
    confirmed_time: z.string().nullable().describe('HH:MM'),
    notes: z.string().nullable(),
    evidence: z.array(z.enum(EVIDENCE_NAMES)).describe('Basis of the result'),
    proof: proofSchema.nullable().describe('Proof of a confirmed appointment; null for every other result'),
    offers: z.array(offerSchema).describe('Slots that the business offered and nobody took'),
    callback_at: z
      .string()
      .nullable()
      .describe(
        'With callback_requested: when the business asked to be called, ISO 8601 with its offset; null: no time was understood',
      ),
    doubts: z
      .array(doubtSchema)
      .optional()
      .describe('Present when the talk does not support a reported appointment: the reasons, the weightiest first'),
  })
  .meta({ id: 'Outcome' }) satisfies z.ZodType<Outcome>;

export const attemptSchema = z
  .object({
    call_id: z.string(),
    channel,
    media: z
      .enum(['provider', 'bridge'])
      .nullable()
      .describe('The side that carries the audio; null: a simulation, or not known yet'),
    attempt: z.int().describe('Counts per channel and direction, from 1'),
    direction: z.enum(['outbound', 'inbound']).describe('inbound: the business called our number'),
    status: z.enum(ATTEMPT_STATUSES),
    call_sid: z.string().nullable(),
    conversation_id: z.string().nullable(),
    started_at: instant,
    ended_at: instant.nullable(),
    duration_seconds: z.number().nullable().describe('From the answer to the end'),
    error: problemOfAttempt.nullable(),
    on_hold_since: instant.optional().describe('Present while the call is on hold'),
    callback: z.literal(true).optional().describe('Present and true for a call that the business asked for'),
  })
  .meta({ id: 'Attempt' }) satisfies z.ZodType<AttemptView>;

const contradictionSchema = z
  .object({
    kind: z
      .enum(CONTRADICTIONS)
      .describe(
        'still_alive: a call outlived the booking; unknown_call: the outcome knew of no such call; answered: somebody picked up after all; ended_later: a call went on after its reported end; result_unheard: the talk has a result that was not used',
      ),
    call_id: z.string().optional(),
    call_sid: z.string().optional(),
    conversation_id: z.string().optional(),
    at: instant,
  })
  .meta({ id: 'Contradiction' }) satisfies z.ZodType<ContradictionView>;

export const bookingViewSchema = z
  .object({
    id: z.string(),
    status: z.enum(BOOKING_STATUSES),
    channel: channel.nullable(),
    simulated: z
      .boolean()
      .describe('Nobody is called: the sandbox has the booking, or it is in the channel simulation'),
    outcome: outcomeSchema.nullable().describe('null until the booking is final; after that, never null'),
    review: reviewSchema
      .nullable()
      .describe('An operator’s decision about an outcome needs_review, which stays as it is; null: no decision (yet)'),
    contradictions: z
      .array(contradictionSchema)
      .optional()
      .describe('Present when an audit found in the providers’ lists what the outcome did not know'),
    attempts: z.array(attemptSchema),
    waiting_for: z
      .enum(WAITS)
      .nullable()
      .describe(
        'Why the next dial waits: not_before; hours, those of the business and of CALLING_WINDOW; number, another booking calls it; place, among the calls or dials of a provider; frequency, as often as the number may be called; callback, the time at which the business asked to be called. null: it does not, or only for the delay after an attempt',
      ),
    waiting_until: instant.nullable().describe('The end of that wait; null where it is not known'),
    follow_ups: z
      .array(followUpSchema)
      .describe('Calls of the business to our number after the outcome, which they do not change'),
    cancel_requested: z.boolean(),
    shortlist: z
      .object({ id: z.string(), candidate: z.int().describe('Counts from 1') })
      .optional()
      .describe('Present when a shortlist placed the booking'),
    batch: z
      .object({ id: z.string(), key: z.string() })
      .optional()
      .describe('Present when the booking is a row of a batch'),
    metadata: z.record(z.string(), z.string()),
    created_at: instant,
    updated_at: instant,
    stale: z.boolean().optional().describe('Present and true when the workflow did not answer and the database did'),
  })
  .meta({ id: 'Booking' }) satisfies z.ZodType<BookingView>;

const warnings = z
  .array(warningSchema)
  .optional()
  .describe('Present when something will differ from the order, such as a language that the agent does not speak');

/** The answer to `POST /v1/bookings`. */
export const acceptedBookingSchema = bookingViewSchema.extend({ warnings }).meta({ id: 'AcceptedBooking' });

/** With `include=order`. */
const included = {
  warnings,
  order: orderViewSchema.optional().describe('The order; with include=order'),
  budgets: z
    .array(budgetSchema)
    .optional()
    .describe('Budgets of the phone channels; with include=order, for one booking'),
  usage: usageSchema.optional().describe('Its calls and talk so far; with include=order, for one booking'),
};

export const shownBookingSchema = bookingViewSchema.extend(included).meta({ id: 'ShownBooking' });

export const bookingPageSchema = z
  .object({ data: z.array(shownBookingSchema), next_cursor: z.string().nullable() })
  .meta({ id: 'BookingPage' });

export const transcriptSchema = z
  .object({
    simulated: z.literal(true).optional().describe('Present when nobody was called'),
    turns: z.array(
      z.object({
        role: z.enum(['agent', 'business']),
        message: z.string(),
        at_seconds: z.number(),
        keys: z.string().optional().describe('Keys that the agent pressed, for a menu; the message says the same'),
        on_hold: z.literal(true).optional().describe('Here the agent began to wait on hold; the message says the same'),
      }),
    ),
  })
  .meta({ id: 'Transcript' });
