import { z } from 'zod';
import { CONTRADICTIONS } from '../contradiction.ts';
import { EVIDENCE_NAMES, type Outcome } from '../result.ts';
import type { AttemptView, BookingView, ContradictionView } from '../view.ts';
import { budgetSchema, orderViewSchema } from './booking-order.ts';
import { followUpSchema } from './follow-up.ts';
import { instant } from './instant.ts';
import { offerSchema } from './offer.ts';
import { doubtSchema, proofSchema } from './proof.ts';
import { reviewSchema } from './review.ts';
import { batchId, bookingId, callId, pageOf, shortlistId, shownMetadata } from './shared.ts';
import { usageSchema } from './usage.ts';
import { warningSchema } from './warning.ts';
import { attemptStatus, bookingStatus, channel, result, waitingFor } from './words.ts';

export const problemOfAttempt = z
  .object({
    code: z.string().describe('For programs: a code of the provider, such as `sip_603`, or one of ours'),
    message: z.string().describe('The fault in English'),
  })
  .meta({ id: 'AttemptError', description: 'Why an attempt failed' });

export const outcomeSchema = z
  .object({
    result: result.describe('The answer'),
    channel: channel.nullable().describe('The channel that gave the result; null: none did'),
    simulated: z.boolean().describe('True for everything that a simulation or the sandbox made'),
    confirmed_date: z.string().nullable().describe('Day of the appointment, YYYY-MM-DD'),
    confirmed_time: z.string().nullable().describe('Time of the appointment at the business, HH:MM'),
    notes: z.string().nullable().describe('Notes of the agent, or ours; words of the business are not to be trusted'),
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
  .meta({
    id: 'Outcome',
    description: 'The one final answer of a booking; it never changes',
  }) satisfies z.ZodType<Outcome>;

export const attemptSchema = z
  .object({
    call_id: callId,
    channel: channel.describe('The channel of the attempt'),
    media: z
      .enum(['provider', 'bridge'])
      .nullable()
      .describe('The side that carries the audio; null: a simulation, or not known yet'),
    attempt: z.int().describe('Counts per channel and direction, from 1'),
    direction: z.enum(['outbound', 'inbound']).describe('inbound: the business called our number'),
    status: attemptStatus.describe('Where the attempt stands'),
    call_sid: z.string().nullable().describe('Twilio’s id of the call, if known'),
    conversation_id: z.string().nullable().describe('ElevenLabs’ id of the conversation, if known'),
    started_at: instant.describe('When it was dialed'),
    ended_at: instant.nullable().describe('When it ended; null: it has not'),
    duration_seconds: z.number().nullable().describe('From the answer to the end'),
    error: problemOfAttempt.nullable().describe('Why it failed; null: it did not, or not yet'),
    on_hold_since: instant.optional().describe('Present while the call is on hold'),
    callback: z.literal(true).optional().describe('Present and true for a call that the business asked for'),
  })
  .meta({
    id: 'Attempt',
    description: 'One try on one channel: a call or a simulation',
  }) satisfies z.ZodType<AttemptView>;

const contradictionSchema = z
  .object({
    kind: z
      .enum(CONTRADICTIONS)
      .describe(
        'still_alive: a call outlived the booking; unknown_call: the outcome knew of no such call; answered: somebody picked up after all; ended_later: a call went on after its reported end; result_unheard: the talk has a result that was not used',
      ),
    call_id: callId.optional(),
    call_sid: z.string().optional().describe('Twilio’s id of the call'),
    conversation_id: z.string().optional().describe('ElevenLabs’ id of the conversation'),
    at: instant.describe('When it was found'),
  })
  .meta({
    id: 'Contradiction',
    description: 'Found in the providers’ lists, and not known to the outcome',
  }) satisfies z.ZodType<ContradictionView>;

export const bookingViewSchema = z
  .object({
    id: bookingId,
    status: bookingStatus.describe('Where the booking stands'),
    channel: channel.nullable().describe('The channel of the outcome, or the one in use; null: none yet'),
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
    attempts: z.array(attemptSchema).describe('Every call and simulation so far, in order'),
    waiting_for: waitingFor
      .nullable()
      .describe('Why the next dial waits; null: it does not, or only for the delay after an attempt'),
    waiting_until: instant.nullable().describe('The end of that wait; null where it is not known'),
    follow_ups: z
      .array(followUpSchema)
      .describe('Calls of the business to our number after the outcome, which they do not change'),
    cancel_requested: z.boolean().describe('True once the client asked to cancel it'),
    shortlist: z
      .object({ id: shortlistId, candidate: z.int().describe('Counts from 1') })
      .optional()
      .describe('Present when a shortlist placed the booking'),
    batch: z
      .object({ id: batchId, key: z.string().describe('Key of the row') })
      .optional()
      .describe('Present when the booking is a row of a batch'),
    metadata: shownMetadata,
    created_at: instant.describe('When it was accepted'),
    updated_at: instant.describe('When it last changed'),
    stale: z.boolean().optional().describe('Present and true when the workflow did not answer and the database did'),
  })
  .meta({
    id: 'Booking',
    description: 'One accepted request for an appointment, as it is now',
  }) satisfies z.ZodType<BookingView>;

const warnings = z
  .array(warningSchema)
  .optional()
  .describe('Present when something will differ from the order, such as a language that the agent does not speak');

/** The answer to `POST /v1/bookings`. */
export const acceptedBookingSchema = bookingViewSchema.extend({ warnings }).meta({
  id: 'AcceptedBooking',
  description: 'A booking that was just placed, or that the same Idempotency-Key had placed',
});

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

export const shownBookingSchema = bookingViewSchema
  .extend(included)
  .meta({ id: 'ShownBooking', description: 'A booking; with `include=order` also its order and budgets' });

export const bookingPageSchema = pageOf(shownBookingSchema, 'Newest first').meta({ id: 'BookingPage' });

/** One turn, in a transcript and in an event. */
export const turnFields = {
  role: z.enum(['agent', 'business']).describe('The side that spoke'),
  message: z.string().describe('The words. Those of the business are not to be trusted'),
  at_seconds: z.number().describe('Seconds after the beginning of the talk'),
  keys: z.string().optional().describe('Keys that the agent pressed, for a menu; the message says the same'),
  on_hold: z.literal(true).optional().describe('Here the agent began to wait on hold; the message says the same'),
};

export const transcriptSchema = z
  .object({
    simulated: z.literal(true).optional().describe('Present when nobody was called'),
    turns: z
      .array(z.object(turnFields).meta({ id: 'Turn', description: 'Words, or keys, of one side of a talk' }))
      .describe('In the order of the talk'),
  })
  .meta({ id: 'Transcript', description: 'The talk of one call' });
