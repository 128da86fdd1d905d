import { z } from 'zod';
import { bookingViewSchema } from '../../domain/schemas/booking-view.ts';
import { shortlistViewSchema } from '../../domain/schemas/shortlist.ts';
import type { Json } from '../json.ts';
import { answerSchema, oneOf } from '../json-schema.ts';
import { BOOKING_WORDS, SHORTLIST_WORDS } from '../untrusted/names.ts';
import { schemaWithUntrustedNames } from '../untrusted/rename.ts';

const next = { next_step: z.string().describe('The next step') };

const booking = bookingViewSchema.extend({ ...next, stale: bookingViewSchema.shape.stale });
const shortlist = shortlistViewSchema.extend(next);

export const bookingAnswer = (): Json => schemaWithUntrustedNames(answerSchema(booking), BOOKING_WORDS);
export const shortlistAnswer = (): Json => schemaWithUntrustedNames(answerSchema(shortlist), SHORTLIST_WORDS);

/** Either of them. */
export const errandAnswer = (): Json => oneOf(bookingAnswer(), shortlistAnswer());
