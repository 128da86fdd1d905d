import { z } from 'zod';
import { sameLine } from '../same-line.ts';
import { SHORTLIST_RESULTS } from '../shortlist/decide.ts';
import { CANDIDATE_STATUSES, type ShortlistView } from '../shortlist/view.ts';
import { orderedBusiness, orderViewSchema, shortlistEscalation, shortlistWish } from './booking-order.ts';
import { bookingRequestSchema } from './booking-request.ts';
import { instant } from './instant.ts';
import { moment } from './moment.ts';
import { proofSchema } from './proof.ts';
import { pageOf, shortlistId, shownMetadata, simulated } from './shared.ts';
import { bookingStatus, result } from './words.ts';

const MAX_CANDIDATES = 10;

const { business, request, language, agent, escalation, callback_url, metadata } = bookingRequestSchema.shape;

const SHORTLIST_EXAMPLE = {
  candidates: [
    { business: { name: 'Clínica Dental Sur', phone: '+541143211291' } },
    { business: { name: 'Odontología Norte', phone: '+541143211234' } },
  ],
  request: { service_type: 'dentista', user_name: 'Mauro', preferred_date: 'mañana' },
};

/** The body of `POST /v1/shortlists`. Unknown keys are refused, defaults are filled in. */
export const shortlistRequestSchema = z
  .strictObject({
    candidates: z
      .array(z.strictObject({ business }).meta({ id: 'CandidateRequest', description: 'A business of a shortlist' }))
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
  .meta({
    id: 'ShortlistRequest',
    description: 'Several businesses and one wish: they are asked one after the other until one confirms',
    examples: [SHORTLIST_EXAMPLE],
  });

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
    confirmed_date: z.string().nullable().describe('Day of the appointment, YYYY-MM-DD'),
    confirmed_time: z.string().nullable().describe('Time of the appointment at the business, HH:MM'),
    proof: proofSchema.nullable().describe('Of the booking that confirmed; null: a review confirmed, or nobody did'),
    simulated,
  })
  .meta({ id: 'ShortlistOutcome', description: 'The one final answer of a shortlist' });

export const standing = {
  status: z.enum(CANDIDATE_STATUSES).describe('A candidate whose booking was canceled counts as not_asked'),
  booking_id: z.string().nullable().describe('Its last booking'),
  result: result.nullable().describe('The result of that booking; a review counts in place of needs_review'),
};

export const shortlistViewSchema = z
  .object({
    id: shortlistId,
    status: bookingStatus.describe(
      'needs_review: a booking may be an appointment, and nobody else is asked until a person reviews it',
    ),
    outcome: shortlistOutcomeSchema.nullable().describe('null until the shortlist is final'),
    candidates: z
      .array(
        z
          .object({ business: orderedBusiness.nullable().describe('null: its booking was erased'), ...standing })
          .meta({ id: 'Candidate', description: 'One business of a shortlist, and what became of it' }),
      )
      .describe('In the order in which they are asked'),
    request: shortlistWish
      .nullable()
      .describe('null: the booking of a candidate was erased, and nobody is left to ask'),
    language: ordered.language,
    agent: ordered.agent,
    escalation: shortlistEscalation,
    decide_by: instant.optional().describe('No dial after it'),
    callback_url: ordered.callback_url,
    waiting_for: z
      .enum(['hours', 'callback'])
      .nullable()
      .describe('Why nobody is asked now: all are closed, or the time of a requested call has not come'),
    waiting_until: instant.nullable().describe('The end of that wait; null where it is not known'),
    cancel_requested: z.boolean().describe('True once the client asked to cancel it'),
    metadata: shownMetadata,
    created_at: instant.describe('When it was accepted'),
    updated_at: instant.describe('When it last changed'),
  })
  .meta({ id: 'Shortlist', description: 'A shortlist as it is now' }) satisfies z.ZodType<ShortlistView>;

export const shortlistPageSchema = pageOf(shortlistViewSchema, 'Newest first').meta({ id: 'ShortlistPage' });
