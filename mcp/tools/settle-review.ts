import { z } from 'zod';
import { reviewRequestSchema } from '../../domain/schemas/review.ts';
import { checked, split } from '../arguments.ts';
import { ask } from '../ask.ts';
import { argumentsSchema } from '../json-schema.ts';
import { type Tool, WRITES } from '../tool.ts';
import { bookingAnswer } from './answers.ts';
import { bookingPath, id } from './ids.ts';
import { shownBooking } from './shown.ts';

const own = z.object({ booking_id: id('booking') });

export const settleReview: Tool = {
  name: 'settle_review',
  title: 'Enter a person’s decision about a booking',
  description:
    'Enters the decision of a person, named in `by`, about a booking that needs a review. Never decide yourself: ask the person first. The client of the booking is notified, and a halted shortlist goes on, which may ring the next business. `do_not_call` puts the number on the list. For operators.',
  hints: { ...WRITES, openWorldHint: true },
  operatorsOnly: true,
  input: () => argumentsSchema(own, reviewRequestSchema),
  output: bookingAnswer,
  async run(args, call) {
    const { own: given, body } = split(args, ['booking_id']);
    const { booking_id } = checked(own, given);
    const path = `${bookingPath(booking_id)}/review`;
    return shownBooking(await ask(call, { method: 'POST', path, body }), call.marks, {
      before: 'The decision is kept.',
    });
  },
};
