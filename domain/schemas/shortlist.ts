import { z } from 'zod';
import { BOOKING_STATUSES, RESULTS } from '../result.ts';
import { sameLine } from '../same-line.ts';
import { SHORTLIST_RESULTS } from '../shortlist/decide.ts';
import { CANDIDATE_STATUSES, type ShortlistView } from '../shortlist/view.ts';
import { orderViewSchema } from './booking-order.ts';
import { bookingRequestSchema } from './booking-request.ts';
import { instant } from './instant.ts';
import { moment } from './moment.ts';
import { proofSchema } from './proof.ts';

const MAX_CANDIDATES = 10;

const { business, request, language, agent, escalation, callback_url, metadata } = bookingRequestSchema.shape;

/** The body of `POST /v1/shortlists`. Unknown keys are refused, defaults are filled in. */
export const shortlistRequestSchema = z
  .strictObject({
    candidates: z
      .array(z.strictObject({ business }))
      .min(1, 'must have at least one candidate')
      .max(MAX_CANDIDATES, `must have at most ${MAX_CANDIDATES} candidates: leave the others out`)
      .describe('The businesses, in the order in which they are asked'),
    request,
    language,
    agent,
    escalation,
    decide_by: moment('No dial after it. A local time counts in the first candidate’s zone').optional(),
    callback_url,
    metadata,
  })
  .superRefine(({ candidates }, context) => {
    const seen = new Map<string, number>();
    for (const [i, { business }] of candidates.entries()) {
      const line = sameLine(business.phone);
      const first = seen.get(line);
      if (first === undefined) seen.set(line, i);
      else {
        const message = `is the number of candidate ${first + 1} too: give each business once`;
        context.addIssue({ code: 'custom', path: ['candidates', i, 'business', 'phone'], message });
      }
    }
  })
  .meta({ id: 'ShortlistRequest' });

export type ShortlistRequest = z.output<typeof shortlistRequestSchema>;

const ordered = orderViewSchema.shape;

export const shortlistOutcomeSchema = z
  .object({
    result: z
      .enum(SHORTLIST_RESULTS)
      .describe(
        'none_confirmed: all were asked; expired: some were not asked by decide_by; error: nobody’s phone could ring',
      ),
    booking_id: z.string().nullable().describe('The booking that confirmed'),
    candidate: z.int().nullable().describe('The candidate that confirmed, from 1'),
    confirmed_date: z.string().nullable().describe('YYYY-MM-DD'),
    confirmed_time: z.string().nullable().describe('HH:MM'),
    proof: proofSchema.nullable().describe('Of the booking that confirmed; null: a review confirmed, or nobody did'),
    simulated: z.boolean(),
  })
  .meta({ id: 'ShortlistOutcome' });

const standing = {
  status: z.enum(CANDIDATE_STATUSES).describe('A candidate whose booking was canceled counts as not_asked'),
  booking_id: z.string().nullable().describe('Its last booking'),
  result: z.enum(RESULTS).nullable().describe('The result of that booking; a review counts in place of needs_review'),
};

export const shortlistViewSchema = z
  .object({
    id: z.string(),
    status: z
      .enum(BOOKING_STATUSES)
      .describe('needs_review: a booking may be an appointment, and nobody else is asked until a person reviews it'),
    outcome: shortlistOutcomeSchema.nullable().describe('null until the shortlist is final'),
    candidates: z.array(
      z.object({ business: ordered.business.nullable().describe('null: its booking was erased'), ...standing }),
    ),
    request: ordered.request
      .partial({ preferred_day: true })
      .nullable()
      .describe('null: the booking of a candidate was erased, and nobody is left to ask'),
    language: ordered.language,
    agent: ordered.agent,
    escalation: ordered.escalation.partial({ callback: true }),
    decide_by: instant.optional(),
    callback_url: ordered.callback_url,
    waiting_for: z
      .enum(['hours', 'callback'])
      .nullable()
      .describe('Why nobody is asked now: all are closed, or the time of a requested call has not come'),
    waiting_until: instant.nullable(),
    cancel_requested: z.boolean(),
    metadata: z.record(z.string(), z.string()),
    created_at: instant,
    updated_at: instant,
  })
  .meta({ id: 'Shortlist' }) satisfies z.ZodType<ShortlistView>;

export const shortlistPageSchema = z
  .object({ data: z.array(shortlistViewSchema), next_cursor: z.string().nullable() })
  .meta({ id: 'ShortlistPage' });
