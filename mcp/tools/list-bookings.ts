import { z } from 'zod';
import { CHANNELS } from '../../domain/channels.ts';
import { BOOKING_STATUSES, RESULTS } from '../../domain/result.ts';
import { bookingPageSchema } from '../../domain/schemas/booking-view.ts';
import type { BookingView } from '../../domain/view.ts';
import { pathWith } from '../api-port.ts';
import { checked } from '../arguments.ts';
import { ask } from '../ask.ts';
import { answerSchema, argumentsSchema } from '../json-schema.ts';
import { READS, type Tool, type ToolAnswer, type ToolCall } from '../tool.ts';
import { BOOKINGS_WORDS } from '../untrusted/names.ts';
import { schemaWithUntrustedNames, withUntrustedNames } from '../untrusted/rename.ts';
import { bookingWords } from '../words/booking.ts';
import { lines } from '../words/common.ts';
import { id } from './ids.ts';

const page = {
  limit: z.int().min(1).max(100).default(20).describe('Bookings per page'),
  cursor: z.string().max(500).optional().describe('next_cursor of the page before'),
};

const own = z.strictObject({
  status: z.enum(BOOKING_STATUSES).optional(),
  result: z.enum(RESULTS).optional(),
  channel: z.enum(CHANNELS).optional(),
  reviewed: z.boolean().optional().describe('Whether a person has decided it'),
  q: z
    .string()
    .max(200)
    .optional()
    .describe('The beginning of an id, a whole phone number, or a part of the business’s name'),
  shortlist_id: id('shortlist').optional(),
  batch_id: id('batch').optional(),
  ...page,
});

type Shown = BookingView & { order?: { business?: { name?: string } } };

/** A page of bookings, each with its order. */
export async function bookingPage(
  call: ToolCall,
  query: Record<string, string | number | boolean | undefined>,
  next: string,
): Promise<ToolAnswer> {
  const answer = await ask(call, { method: 'GET', path: pathWith('/v1/bookings', { ...query, include: 'order' }) });
  const { data, next_cursor } = answer as unknown as { data: Shown[]; next_cursor: string | null };
  return {
    structured: withUntrustedNames(answer, BOOKINGS_WORDS),
    words: lines(
      data.length === 0 ? 'There are no such bookings.' : `${data.length} booking(s), the newest first.`,
      data.map((view) => bookingWords(view, call.marks, view.order)),
      data.length > 0 && next,
      next_cursor !== null && `There are more: call this again with cursor ${JSON.stringify(next_cursor)}.`,
    ),
  };
}

export const pageAnswer = () => schemaWithUntrustedNames(answerSchema(bookingPageSchema), BOOKINGS_WORDS);

export const listBookings: Tool = {
  name: 'list_bookings',
  title: 'List bookings',
  description: 'Your bookings, the newest first, with their orders. Calls nobody.',
  hints: READS,
  input: () => argumentsSchema(own),
  output: pageAnswer,
  async run(args, call) {
    const { shortlist_id: shortlist, batch_id: batch, ...query } = checked(own, args);
    return bookingPage(call, { ...query, shortlist, batch }, 'get_booking with a booking_id shows one of them.');
  },
};

const reviews = z.strictObject(page);

export const listReviews: Tool = {
  name: 'list_reviews',
  title: 'List bookings that wait for a person',
  description:
    'Bookings whose evidence does not settle the result (needs_review) and that no person has decided yet. For operators. Calls nobody.',
  hints: READS,
  operatorsOnly: true,
  input: () => argumentsSchema(reviews),
  output: pageAnswer,
  run: async (args, call) =>
    bookingPage(
      call,
      { ...checked(reviews, args), status: 'needs_review', reviewed: false },
      'A person decides each, by the talk (get_transcript) or by asking the business; then call settle_review in their name.',
    ),
};
