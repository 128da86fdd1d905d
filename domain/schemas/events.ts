import { z } from 'zod';
import type { BatchEvent } from '../batch/view.ts';
import type { ShortlistEvent } from '../shortlist/view.ts';
import type { BookingEvent, WaitReason } from '../view.ts';
import { batchCounts, batchResults, pauseReason, rowEventFields } from './batch-view.ts';
import { attemptSchema, outcomeSchema, turnFields } from './booking-view.ts';
import { evidenceSchema } from './evidence.ts';
import { instant } from './instant.ts';
import { callId } from './shared.ts';
import { shortlistOutcomeSchema, standing } from './shortlist.ts';
import { batchStatus, bookingStatus, channel, waitingFor } from './words.ts';

/**
 * The events of the streams. OpenAPI 3.1 has no form for a stream: the schema of `text/event-stream` is that of the `data` of one event,
 * which is JSON; its `type` is also the event's name.
 */

const type = <T extends string>(name: T) => z.literal(name).describe('The event’s name, as in its line `event:`');
const at = instant.describe('When it happened');

const WAIT_REASONS = [
  'redial_delay',
  'calling_hours',
  'line_busy',
  'place',
  'rate_limit',
  'other_accounts',
  'no_worker',
  'not_before',
  'callback',
  'dialing',
] as const satisfies readonly WaitReason[];

/** On every event of a booking. */
const marked = {
  at,
  simulated: z.literal(true).optional().describe('Present where nobody was called'),
};

const bookingStatusEvent = z
  .object({
    type: type('status'),
    ...marked,
    status: bookingStatus,
    channel: channel.nullable().describe('The channel in use; null: none yet'),
    wait: waitingFor.nullable().optional().describe('Present where it waits: the booking’s `waiting_for`'),
    waiting_for: z.enum(WAIT_REASONS).optional().describe('Present where it waits: the reason by its earlier name'),
    after_attempts: z.int().optional().describe('Present where it waits: the number of attempts so far'),
    until: instant.optional().describe('The end of the wait, where it is known: the booking’s `waiting_until`'),
  })
  .meta({ id: 'BookingStatusEvent', description: 'Status or channel changed, or the booking waits' });

const bookingAttemptEvent = z
  .object({ type: type('attempt'), ...marked, attempt: attemptSchema.describe('The attempt as it is now') })
  .meta({ id: 'BookingAttemptEvent', description: 'An attempt began or changed' });

const bookingEvidenceEvent = z
  .object({ type: type('evidence'), ...marked, evidence: evidenceSchema.describe('The fact') })
  .meta({ id: 'BookingEvidenceEvent', description: 'A fact came in' });

const bookingTurnEvent = z
  .object({ type: type('turn'), ...marked, call_id: callId, ...turnFields })
  .meta({ id: 'BookingTurnEvent', description: 'Somebody spoke in the talk' });

const bookingFinalEvent = z
  .object({ type: type('final'), ...marked, outcome: outcomeSchema.describe('The booking’s outcome') })
  .meta({ id: 'BookingFinalEvent', description: 'The booking is final: the stream ends' });

export const bookingEventSchema = z
  .discriminatedUnion('type', [
    bookingStatusEvent,
    bookingAttemptEvent,
    bookingEvidenceEvent,
    bookingTurnEvent,
    bookingFinalEvent,
  ])
  .meta({
    id: 'BookingEvent',
    description: 'The `data` of one event of a booking; `type` says which',
  }) satisfies z.ZodType<BookingEvent>;

const counts = batchCounts.describe('Rows by status, after the event');

export const batchEventSchema = z
  .discriminatedUnion('type', [
    z
      .object({
        type: type('status'),
        at,
        status: batchStatus,
        paused_because: pauseReason.nullable().describe('Why it is paused; null: it is not'),
        counts,
      })
      .meta({ id: 'BatchStatusEvent', description: 'The status of the batch changed' }),
    z
      .object({ type: type('row'), at, ...rowEventFields, counts })
      .meta({ id: 'BatchRowEvent', description: 'A row changed' }),
    z.object({ type: type('final'), at, status: batchStatus, counts, results: batchResults }).meta({
      id: 'BatchFinalEvent',
      description: 'Every row is final: the stream ends, unless new rows have reopened the batch',
    }),
  ])
  .meta({
    id: 'BatchEvent',
    description: 'The `data` of one event of a batch; `type` says which',
  }) satisfies z.ZodType<BatchEvent>;

export const shortlistEventSchema = z
  .discriminatedUnion('type', [
    z
      .object({ type: type('status'), at, status: bookingStatus })
      .meta({ id: 'ShortlistStatusEvent', description: 'The status of the shortlist changed' }),
    z
      .object({
        type: type('candidate'),
        at,
        candidate: z.int().describe('The candidate, from 1'),
        ...standing,
      })
      .meta({ id: 'ShortlistCandidateEvent', description: 'A candidate is asked, or was asked' }),
    z
      .object({ type: type('final'), at, outcome: shortlistOutcomeSchema.describe('The shortlist’s outcome') })
      .meta({ id: 'ShortlistFinalEvent', description: 'The shortlist is final: the stream ends' }),
  ])
  .meta({
    id: 'ShortlistEvent',
    description: 'The `data` of one event of a shortlist; `type` says which',
  }) satisfies z.ZodType<ShortlistEvent>;
